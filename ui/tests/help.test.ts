import { screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import { PAGES } from '../src/lib/help.svelte';
import { speak, t } from '../src/messages';
import { ERROR_CODES, failureTexts } from '../src/messages/failures';
import { openReadWindow, until } from './setup';

const PAGE_NAMES = Object.values(PAGES).flat();

const article = (): string => screen.getByTestId('help-article').textContent;
const entries = (): (string | null)[] => screen.getAllByTestId('help-entry').map(({ textContent }) => textContent);

afterEach(() => speak('en', 'en-IE'));

describe('the help', () => {
  it.each(['en', 'de'])('has steps on each page, and a sentence with a way out for each error code (%s)', async (language) => {
    speak(language, `${language}-IE`);
    for (const page of PAGE_NAMES) expect(t(`help-${page}-steps`).split('\n').length, page).toBeGreaterThan(1);
    const failures = await failureTexts();
    expect(ERROR_CODES.length).toBeGreaterThan(20);
    for (const code of ERROR_CODES) {
      const texts = failures.get(code) ?? [];
      expect(texts.length, code).toBeGreaterThan(0);
      for (const { message, wayOut } of texts) {
        expect(`${message} ${wayOut}`).not.toMatch(/[{}$]/);
        expect(wayOut, message).not.toBe('');
      }
    }
  });

  it('is opened by F1, searched by words of a page or of a failure, and closed with the focus where it was', async () => {
    const { user } = await openReadWindow();
    screen.getByTestId('rail-offers').focus();
    await user.keyboard('{F1}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('help-search')));
    await until(() => expect(entries()).toHaveLength(PAGE_NAMES.length + ERROR_CODES.length));
    await user.keyboard('quick repl');
    expect(entries()).toEqual([t('help-chat'), 'configuration']);
    await user.keyboard('{Enter}');
    await until(() => expect(document.activeElement?.textContent).toBe(t('help-chat')));
    expect(article()).toContain('Ctrl + /');
    await user.keyboard('{ArrowDown}');
    await until(() => expect(document.activeElement?.textContent).toBe('configuration'));
    expect(article()).toContain('configuration');
    await user.keyboard('{Escape}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('rail-offers')));
    expect(screen.queryByTestId('help')).toBeNull();
  });

  it('says so if no page has the words', async () => {
    const { user } = await openReadWindow();
    await user.click(screen.getByTestId('rail-help'));
    await user.type(await screen.findByTestId('help-search'), 'xyzzy');
    expect(within(screen.getByTestId('help')).getByText(t('help-none'))).toBeTruthy();
  });

  it('is opened from a failure on its code, with the sentence that was shown', async () => {
    const { user } = await openReadWindow((desk) => {
      desk.answers['lock'] = () => {
        throw { code: 'key_store', message: 'There is no key store.', way_out: 'Start one.', fields: {} };
      };
    });
    screen.getByTestId('rail-offers').focus();
    await user.keyboard('{Control>}l{/Control}');
    await user.click(await screen.findByTestId('help-link'));
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('help-article')));
    await until(() => expect(article()).toMatch(/key_store.*There is no key store\..*Start one\./s));
    const shown = (): string | undefined => screen.getByTestId('help').querySelector('[aria-current]')?.textContent;
    await until(() => expect(shown()).toBe('key_store'));
  });
});
