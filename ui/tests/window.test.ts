import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { offerOf } from '../dev/offers';
import { openEditor, openWindow, until } from './setup';

describe('signing in', () => {
  it('fills the server in and tells a wrong password in a sentence with a way out', async () => {
    const { desk, user } = await openWindow((prepared) => (prepared.session = null));
    await until(() =>
      expect(screen.getByTestId<HTMLInputElement>('signin-server').value).toBe('https://hotelmate.example'),
    );
    desk.answers['sign_in'] = () => {
      throw { code: 'wrong_password', message: 'The hotel does not know them.', way_out: 'Type again.', fields: {} };
    };
    await user.type(screen.getByTestId('signin-username'), 'aoife');
    await user.type(screen.getByTestId('signin-password'), 'secret{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The hotel does not know them.');
    expect(alert.textContent).toContain('Type again.');
    expect(document.activeElement).toBe(screen.getByTestId('signin-password'));
  });

  it('is not shown for a moment to somebody who is signed in', async () => {
    const seen: boolean[] = [];
    const watch = new MutationObserver(() => seen.push(screen.queryByTestId('signin-submit') !== null));
    watch.observe(document.body, { childList: true, subtree: true });
    await openWindow();
    await screen.findByText('Spa day');
    watch.disconnect();
    expect(seen).not.toContain(true);
  });
});

describe('an ended sign-in', () => {
  it('asks for the password over the editor and loses nothing that was typed', async () => {
    const { desk, user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.type(title, ' for two');
    if (desk.session) desk.session = { ...desk.session, sign_in_needed: true };
    await desk.notify({ topic: 'session' });
    const password = await screen.findByTestId('password-field');
    await until(() => expect(document.activeElement).toBe(password));
    expect(screen.getByTestId('editor').closest('[inert]')).not.toBeNull();
    await user.type(password, 'secret{Enter}');
    await until(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    expect(desk.ran('sign_in_again')).toEqual([{ password: 'secret' }]);
    expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day for two');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('editor-title')));
  });

  it('can be put off, and comes back with the status pill', async () => {
    const { user } = await openWindow((desk) => {
      if (desk.session) desk.session = { ...desk.session, sign_in_needed: true };
      desk.status = { ...desk.status, pill: 'sign_in_needed' };
    });
    await screen.findByTestId('password-dialog');
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    await user.click(screen.getByTestId('status-pill'));
    expect(await screen.findByTestId('password-dialog')).toBeTruthy();
  });
});

describe('the offers', () => {
  it('show a colleague’s change without a hand on anything', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    await desk.colleague('a', { title: 'Spa night' });
    expect(await screen.findByText('Spa night')).toBeTruthy();
    expect(screen.queryByText('Spa day')).toBeNull();
  });

  it('draw few elements and ask for few rows, however many there are', async () => {
    const { desk } = await openWindow((prepared) => {
      prepared.offers = Array.from({ length: 10_000 }, (_, id) => offerOf({ local_id: `o${id}`, title: `Offer ${id}` }));
    });
    await screen.findByText('Offer 0');
    expect(screen.getByTestId('filter-all').textContent).toMatch(/10\D?000/);
    expect(screen.getAllByTestId('offer-card').length).toBeLessThan(60);
    for (const { query } of desk.ran('offers') as { query: { limit: number } }[]) {
      expect(query.limit).toBeLessThanOrEqual(200);
    }
  });

  it('answer a burst of changes with a few questions', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    const before = desk.ran('offers').length;
    await Promise.all(Array.from({ length: 500 }, () => desk.notify({ topic: 'entities', resource: 'offer', ids: ['a'] })));
    await desk.colleague('a', { title: 'The last word' });
    await screen.findByText('The last word');
    expect(desk.ran('offers').length - before).toBeLessThan(20);
  });

  it('are found by state and by words, and say when nothing is', async () => {
    const { user } = await openWindow();
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('filter-scheduled'));
    await until(() => expect(screen.queryByText('Spa day')).toBeNull());
    expect(screen.getByText('Golf and stay')).toBeTruthy();
    await user.type(screen.getByTestId('offers-search'), 'spa');
    await user.click(await screen.findByText('Show all offers'));
    expect(await screen.findByText('Spa day')).toBeTruthy();
  });

  it('say how old they are while the hotel cannot be reached', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    expect(screen.queryByTestId('as-of')).toBeNull();
    await desk.setStatus({ online: false, pill: 'offline' });
    expect((await screen.findByTestId('as-of')).textContent).toMatch(/As of/);
  });

  it('change together with the pill when the hotel goes and when it comes back', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    const shown = (): [string | null, boolean] => [
      screen.getByTestId('status-pill').textContent.trim().split(' ·')[0] ?? null,
      screen.queryByTestId('as-of') !== null,
    ];
    expect(shown()).toEqual(['All saved', false]);
    await desk.setStatus({ online: null, pill: 'unknown' });
    await until(() => expect(shown()).toEqual(['Checking…', false]));
    await desk.setStatus({ online: false, pill: 'offline' });
    await until(() => expect(shown()).toEqual(['Offline', true]));
    await desk.setStatus({ online: true, pill: 'saved' });
    await until(() => expect(shown()).toEqual(['All saved', false]));
  });

  it('tell the start-up measurement that they are painted', async () => {
    await openWindow();
    await until(() => expect(document.documentElement.dataset['ready']).toBe('offers'));
    expect(performance.getEntriesByName('offers-painted').length).toBeGreaterThan(0);
  });

  it('remember the layout', async () => {
    const { user } = await openWindow();
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('view-list'));
    expect(localStorage.getItem('offers.layout')).toBe('list');
    await user.click(screen.getByTestId('view-cards'));
    expect(localStorage.getItem('offers.layout')).toBe('cards');
  });
});

describe('keys', () => {
  it('open a new offer, the search and the list of keys', async () => {
    const { user } = await openWindow();
    await screen.findByText('Spa day');
    await user.keyboard('/');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('offers-search')));
    await user.keyboard('n');
    expect(screen.queryByTestId('editor')).toBeNull();
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('n');
    expect(await screen.findByTestId('editor')).toBeTruthy();
  });
});

describe('the clock button', () => {
  it('states a wish, and the opposite one when on duty', async () => {
    const { desk, user } = await openWindow();
    await user.click(await screen.findByText('Clock In'));
    await user.click(await screen.findByText('Clock Out'));
    await until(() => expect(desk.ran('intend_duty')).toEqual([{ on: true }, { on: false }]));
  });

  it('is pressed by its shortcut, also from a field, and not under a dialog', async () => {
    const { desk, user } = await openWindow();
    await screen.findByText('Clock In');
    await user.click(screen.getByTestId('offers-search'));
    await user.keyboard('{F9}');
    await until(() => expect(desk.ran('intend_duty')).toEqual([{ on: true }]));
    await screen.findByText('Clock Out');
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('?');
    await screen.findByTestId('shortcuts');
    await user.keyboard('{F9}');
    expect(desk.ran('intend_duty')).toHaveLength(1);
  });

  it('shows a break, and clocks out of it', async () => {
    const { desk, user } = await openWindow((prepared) => {
      prepared.duty = { ...prepared.duty, status: 'on_break', since: '2026-11-21T09:05:00Z' };
    });
    expect(await screen.findByText(/^On a break; on duty since/)).toBeTruthy();
    await user.click(screen.getByText('Clock Out'));
    await until(() => expect(desk.ran('intend_duty')).toEqual([{ on: false }]));
  });

  it('shows until when a wish waits for the network, with a cancel', async () => {
    const { desk, user } = await openWindow((prepared) => {
      prepared.duty = { ...prepared.duty, intent: { on_duty: true, until: '2026-11-21T14:12:00Z', running: false } };
    });
    expect((await screen.findByTestId('clock-button')).textContent).toContain('Clock In waits');
    await user.click(screen.getByTestId('clock-cancel'));
    await until(() => expect(desk.ran('cancel_duty_intent')).toHaveLength(1));
  });

  it('gives way to a reason where there is no clock', async () => {
    await openWindow((desk) => (desk.duty = { ...desk.duty, unavailable: 'This hotel’s server has no clock.' }));
    expect(await screen.findByText('This hotel’s server has no clock.')).toBeTruthy();
    expect(screen.queryByTestId('clock-button')).toBeNull();
  });
});
