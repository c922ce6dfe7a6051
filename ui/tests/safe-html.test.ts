import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import SafeHtml from '../src/components/SafeHtml.svelte';
import { openEditor, openWindow, until } from './setup';

describe('shown HTML', () => {
  it('has links that lead nowhere', () => {
    render(SafeHtml, { html: '<p><a href="https://elsewhere.example/"><b>Book</b></a></p>' });
    for (const kind of ['click', 'auxclick']) {
      const event = new MouseEvent(kind, { bubbles: true, cancelable: true });
      screen.getByText('Book').dispatchEvent(event);
      expect(event.defaultPrevented, kind).toBe(true);
    }
  });

  it('is what the core’s sanitiser gave, never the text as it came', async () => {
    const { desk, user } = await openWindow((prepared) => {
      prepared.change('a', { details_html: '<p>raw</p>' });
      prepared.answers['sanitise_html'] = () => '<p>clean</p>';
    });
    await openEditor(user, 'Spa day');
    await until(() => expect(screen.getByTestId('editor-preview').textContent).toContain('clean'));
    expect(screen.getByTestId('editor-preview').innerHTML).not.toContain('raw');
    // The editor and the preview parse only sanitised HTML.
    for (const { html } of desk.ran('sanitise_html')) expect(html).toBe('<p>raw</p>');
    await until(() => expect(screen.getByTestId('editor-details_html').innerHTML).toContain('clean'));
  });
});
