// Several offers are chosen and changed at once, with one undo, in the window on a fake desk.
import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { offerOf } from '../dev/offers';
import { openReadWindow, until } from './setup';

const four = () =>
  openReadWindow((desk) => {
    desk.offers.push(offerOf({ local_id: 'c', id: 3, title: 'Dogs stay free' }), offerOf({ local_id: 'd', id: 4, title: 'Tea' }));
  });

const cards = (): HTMLElement[] => screen.getAllByTestId('offer-card');
const tick = (title: string): HTMLInputElement => screen.getByLabelText(`Choose “${title}”`);
const chosen = (): boolean[] => screen.getAllByTestId<HTMLInputElement>('offer-tick').map(({ checked }) => checked);
const hidden = (): number => cards().filter(({ dataset }) => dataset['state'] === 'hidden').length;

describe('several offers', () => {
  it('are chosen one by one, and by a range', async () => {
    const { user } = await four();
    await user.click(tick('Spa day'));
    expect(screen.getByTestId('chosen-count').textContent).toBe('1 chosen');
    await user.keyboard('{Shift>}');
    await user.click(tick('Dogs stay free'));
    await user.keyboard('{/Shift}');
    await until(() => expect(chosen()).toEqual([true, true, true, false]));
    await user.click(tick('Golf and stay'));
    expect(chosen()).toEqual([true, false, true, false]);
  });

  it('are hidden by the keyboard alone and shown again by one undo', async () => {
    const { user } = await four();
    const before = hidden();
    screen.getByLabelText('Edit Spa day').focus();
    await user.keyboard('x{Control>}a{/Control}');
    await until(() => expect(chosen().every(Boolean)).toBe(true));
    screen.getByTestId('chosen-hide').focus();
    await user.keyboard('{Enter}');
    await until(() => expect(hidden()).toBe(cards().length));
    expect(screen.queryByTestId('chosen-bar')).toBeNull();
    await user.click(await screen.findByTestId('undo-button'));
    await until(() => expect(hidden()).toBe(before));
  });

  it('are deleted with one undo, and their places stay until then', async () => {
    const { desk, user } = await four();
    const before = cards().length;
    await user.click(tick('Spa day'));
    await user.click(tick('Golf and stay'));
    await user.click(screen.getByTestId('chosen-delete'));
    await until(() => expect(screen.getAllByTestId('deleted')).toHaveLength(2));
    expect(desk.ran('change_many')).toHaveLength(1);
    await user.click(screen.getByTestId('undo-button'));
    await until(() => expect(cards()).toHaveLength(before));
    expect(screen.queryAllByTestId('deleted')).toEqual([]);
  });

  it('are not changed beyond the filter', async () => {
    const { user } = await four();
    await user.click(tick('Spa day'));
    await user.type(screen.getByTestId('offers-search'), 'golf');
    await until(() => expect(screen.queryByTestId('chosen-bar')).toBeNull());
  });

  it('take no number of days that is none', async () => {
    const { desk, user } = await four();
    await user.click(tick('Spa day'));
    await user.click(screen.getByTestId('chosen-move'));
    const days = await screen.findByTestId('move-days-number');
    await user.clear(days);
    await user.type(days, 'soon{Enter}');
    await screen.findByText(/Type a number of days/);
    expect(desk.ran('change_many')).toEqual([]);
    await user.clear(days);
    await user.type(days, '3');
    await user.selectOptions(screen.getByTestId('move-days-way'), 'earlier');
    await user.click(screen.getByTestId('move-days-do'));
    await until(() => expect(desk.ran('change_many')).toMatchObject([{ change: { change: 'move_days', days: -3 } }]));
  });
});
