import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { OutboxItem } from '../src/generated';
import { itemOf, openWindow, until } from './setup';

async function openAttention(...items: OutboxItem[]) {
  const opened = await openWindow((desk) => {
    desk.items = items;
    desk.status = { ...desk.status, attention: items.length };
  });
  await screen.findByText('Spa day');
  await opened.user.click(screen.getByTestId('rail-attention'));
  const item = await screen.findByTestId('attention-item');
  return { ...opened, item };
}

const refused = itemOf({
  id: 'i1',
  entity: 'a',
  title: 'Spa day',
  reason: 'The hotel did not accept it.',
  fields: { tag: ['Too long.'] },
  discard_loses: 'The tag “Warm”.',
});

describe('what needs attention', () => {
  it('is listed with its reason, and discarded only after a question', async () => {
    const { desk, user, item } = await openAttention(refused);
    expect(within(item).getByText('The hotel did not accept it.')).toBeTruthy();
    expect(item.textContent.match(/Too long\./g)).toHaveLength(1);
    await user.click(screen.getByTestId('attention-discard'));
    expect((await screen.findByTestId('discard-dialog')).textContent).toContain('The tag “Warm”.');
    expect(desk.ran('discard_intent')).toEqual([]);
    await user.click(screen.getByTestId('discard-dialog-sure'));
    await until(() => expect(screen.queryByTestId('attention-item')).toBeNull());
    await until(() => expect(document.activeElement?.id).toBe('attention-title'));
  });

  it('is exported one by one and all together, and the file is named', async () => {
    const { desk, user, item } = await openAttention(refused);
    await user.click(within(item).getByTestId('attention-export'));
    expect((await screen.findByTestId('exported')).dataset['file']).toBe('/home/aoife/Downloads/hotelmate-changes.json');
    await user.click(screen.getByTestId('attention-export-all'));
    await until(() => expect(desk.ran('export_outbox')).toEqual([{ id: 'i1' }, { id: null }]));
  });

  it.each([
    ['room_type', 'starting_price_from', 'Price from:'],
    ['branding', 'hero_image', 'Hero picture:'],
    ['gallery', 'caption', 'Caption:'],
    ['offer', 'valid_to', 'Last day:'],
  ] as const)('names what is wrong in a %s as its screen does', async (about, name, label) => {
    const { item } = await openAttention({
      ...refused,
      about,
      fields: { [name]: ['Not so.'] },
    });
    expect(within(item).getByText(label).parentElement?.textContent).toBe(`${label} Not so.`);
    expect(item.textContent).not.toContain(name);
  });

  it('offers two plain ways for what a colleague removed', async () => {
    const { desk, user, item } = await openAttention({ ...refused, fields: {}, removed_there: true });
    expect(within(item).getByTestId('attention-retry').textContent).toBe('Create it again as new');
    await user.click(within(item).getByText('Drop my changes'));
    expect((await screen.findByTestId('discard-dialog')).textContent).toContain('Drop your changes?');
    await user.keyboard('{Escape}');
    await user.click(within(item).getByTestId('attention-retry'));
    expect(desk.ran('retry_intent')).toEqual([{ id: 'i1' }]);
  });

  it.each([
    ['make_again', 'Make it again', 'Leave it', 'discard_intent', 'Leave it as it is at the hotel?'],
    ['remove_changed', 'Keep it', 'Remove all the same', 'retry_intent', 'Remove it all the same?'],
    ['remove_again', 'Keep it', 'Remove again', 'retry_intent', 'Remove it again?'],
    ['choose_picture', 'Retry', 'Leave it without', 'discard_intent', 'Leave it without a picture?'],
  ] as const)('shows which answer of the question %s loses something, and asks before that one', async (
    question, safe, losing, losingCommand, title,
  ) => {
    const { desk, user, item } = await openAttention({ ...refused, fields: {}, question });
    const button = (name: string) => within(item).getByRole('button', { name });
    expect([safe, losing].map((name) => button(name).classList.contains('danger'))).toEqual([false, true]);
    await user.click(button(losing));
    expect((await screen.findByTestId('discard-dialog')).textContent).toContain(title);
    expect(desk.ran(losingCommand)).toEqual([]);
    await user.click(screen.getByTestId('discard-dialog-sure'));
    await until(() => expect(desk.ran(losingCommand)).toEqual([{ id: 'i1' }]));
  });

  it.each([
    ['remove_changed', 'Keep it', 'discard_intent'],
    ['make_again', 'Make it again', 'retry_intent'],
  ] as const)('carries the harmless answer of the question %s out at once', async (question, safe, ran) => {
    const { desk, user, item } = await openAttention({ ...refused, fields: {}, question });
    await user.click(within(item).getByRole('button', { name: safe }));
    expect(desk.ran(ran)).toEqual([{ id: 'i1' }]);
    expect(screen.queryByTestId('discard-dialog')).toBeNull();
  });

  it('asks whether a likeness is the one, and takes both answers', async () => {
    const like = [{ number: 15, entity: 'b', title: 'Spa days' }];
    const { desk, user, item } = await openAttention({ ...refused, fields: {}, kind: 'create', like });
    expect(within(item).getByTestId('attention-retry').textContent).toBe('No, make it');
    await user.click(within(item).getByText('Yes, that is mine'));
    expect(desk.ran('adopt_intent')).toEqual([{ id: 'i1', number: 15 }]);
    await until(() => expect(screen.queryByTestId('attention-item')).toBeNull());
  });

  it('names each of several likenesses', async () => {
    const like = [
      { number: 15, entity: 'b', title: 'Spa days' },
      { number: 16, entity: 'c', title: 'Spa nights' },
    ];
    const { desk, user, item } = await openAttention({ ...refused, fields: {}, kind: 'create', like });
    await user.click(within(item).getByText('Yes, “Spa nights” is mine'));
    expect(desk.ran('adopt_intent')).toEqual([{ id: 'i1', number: 16 }]);
  });

  it('has a way out of doubt, with a warning before each', async () => {
    const doubtful = { ...refused, fields: {}, kind: 'create', state: 'unclear', is_doubtful: true } as const;
    const { desk, user, item } = await openAttention(doubtful);
    await user.click(within(item).getByTestId('attention-send-again'));
    expect((await screen.findByTestId('send-again-dialog')).textContent).toContain('it comes twice');
    expect(desk.ran('send_again')).toEqual([]);
    await user.click(screen.getByTestId('send-again-dialog-sure'));
    await until(() => expect(desk.ran('send_again')).toEqual([{ id: 'i1' }]));
    await user.click(within(item).getByTestId('attention-discard'));
    expect((await screen.findByTestId('discard-dialog')).textContent).toContain('it stays there');
    await user.click(screen.getByTestId('discard-dialog-sure'));
    await until(() => expect(desk.ran('discard_doubtful')).toEqual([{ id: 'i1' }]));
  });

  it('cannot be discarded while nobody knows whether it has arrived', async () => {
    await openAttention(refused, { ...refused, id: 'i2', state: 'unclear' });
    const waiting = await screen.findByTestId('waiting-item');
    expect(within(waiting).queryByTestId('attention-discard')).toBeNull();
  });
});

describe('the rail', () => {
  it('counts what needs a person and what waits', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    expect(screen.queryByTestId('rail-count')).toBeNull();
    await desk.setStatus({ attention: 2, waiting: 3, saving: 1 });
    expect((await screen.findByTestId('rail-count')).textContent).toBe('2');
    expect(screen.getByTestId('rail-waiting').textContent).toBe('4');
    expect(screen.getByRole('button', { name: /2 need attention, 4 waiting to be sent/ })).toBeTruthy();
  });
});
