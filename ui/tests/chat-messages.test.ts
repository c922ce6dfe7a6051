import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { chatChanged, wrote } from '../dev/changes';
import { longChat, messageOf } from '../dev/chat';
import { failure } from '../dev/commands';
import type { PretendDesk } from '../dev/desk';
import type { MessageView } from '../src/generated';
import { rowAt, topsOf } from '../src/features/chat/tall';
import { bubble, field, openConversation, ownMessage, ROW, row, texts, twoChats, VIEW, withSizes } from './chat-setup';
import { itemOf, until } from './setup';

const place = (): HTMLElement => screen.getByTestId('chat-messages');

/** Opens a conversation with these messages. */
const openWith = (...messages: MessageView[]) =>
  openConversation('a', (desk) => desk.chat.add({ id: 'a', room: '101', guest: 'Emma Murphy' }, messages));

/** Opens a long conversation in a window with sizes. The environment has no layout, so the end is set by hand. */
async function openLong(count: number, prepare: (desk: PretendDesk) => void = () => undefined) {
  withSizes();
  const opened = await openConversation('a', (desk) => {
    desk.chat.add({ id: 'a', room: '101', guest: 'Emma Murphy' }, longChat(count));
    prepare(desk);
  });
  await until(() => expect(screen.queryAllByTestId('chat-message').length).toBeGreaterThan(3));
  return opened;
}

/** Scrolls the messages as a person does. */
async function scrollTo(top: number): Promise<void> {
  place().scrollTop = top;
  await fireEvent.scroll(place());
}

/** Gives the list the height of its content, which the environment does not compute. */
function withContent(height: number): void {
  Object.defineProperty(place(), 'scrollHeight', { value: height, configurable: true });
}

describe('the messages', () => {
  it('stand oldest first, with writer, time and the day in the hotel’s time zone', async () => {
    await openWith(
      messageOf({ key: 1, name: 'Emma Murphy', text: 'Late', at: '2026-11-20T23:59:00Z' }),
      messageOf({ key: 2, name: 'Emma Murphy', text: 'Later', at: '2026-11-21T00:01:00Z' }),
      ownMessage({ key: 3, text: 'Answer', at: '2026-11-21T00:02:00Z' }),
    );
    await until(() => expect(texts()).toEqual(['Late', 'Later', 'Answer']));
    const days = screen.getAllByTestId('chat-day').map(({ textContent }) => textContent);
    expect(days).toHaveLength(2);
    expect(bubble(1).textContent).toContain('Emma Murphy');
    expect(bubble(3).textContent).toContain('You');
    expect(bubble(2).textContent).toMatch(/12:01|0:01/);
  });

  it('of one writer within a few minutes are grouped under one name', async () => {
    await openWith(
      messageOf({ key: 1, name: 'Emma Murphy', at: '2026-11-21T10:00:00Z' }),
      messageOf({ key: 2, name: 'Emma Murphy', at: '2026-11-21T10:01:00Z' }),
      messageOf({ key: 3, name: 'Emma Murphy', at: '2026-11-21T10:30:00Z' }),
    );
    await until(() => expect(texts()).toHaveLength(3));
    const named = screen.getAllByTestId('chat-message').map((message) => message.querySelector('.name') !== null);
    expect(named).toEqual([true, false, true]);
  });

  it('show edits, deletions, files and system lines as such', async () => {
    await openWith(
      messageOf({ key: 1, text: 'Changed', is_edited: true }),
      messageOf({ key: 2, text: '', is_deleted: true }),
      messageOf({ key: 3, text: '', attachments: [{ name: 'view.jpg', bytes: 1_400_000, is_picture: true, preview: null, can_open: true }] }),
      messageOf({ key: 4, sender: 'system', text: 'Rory has joined the conversation.' }),
    );
    await until(() => expect(texts().length).toBe(4));
    expect(bubble(1).textContent).toContain('edited');
    expect(bubble(2).textContent).toContain('This message was deleted.');
    expect(within(bubble(3)).getByTestId('chat-file').textContent).toMatch(/view\.jpg, 1\.4\s?MB/);
    expect(within(bubble(3)).queryByRole('link')).toBeNull();
    expect(bubble(4).querySelector('.bubble')).toBeNull();
    expect(bubble(4).textContent).toContain('Rory has joined the conversation.');
  });

  it('show a picture in the message, and a press on a file shows what can be done with it', async () => {
    const { user, desk } = await openWith(
      messageOf({ key: 1, text: '', attachments: [{ name: 'tap.png', bytes: 900, is_picture: true, preview: 'a'.repeat(64), can_open: true }] }),
      messageOf({ key: 2, text: '', attachments: [{ name: 'x.exe', bytes: 900, is_picture: false, preview: null, can_open: false }] }),
    );
    await until(() => expect(texts().length).toBe(2));
    const picture = within(bubble(1)).getByTestId('chat-picture');
    expect(picture.querySelector('img')?.src).toContain(`1.${'a'.repeat(64)}`);
    await user.click(picture);
    await user.click(await screen.findByTestId('chat-file-open'));
    await until(() => expect(screen.getByTestId('exported').dataset['file']).toBe('/downloads/1-0'));
    expect(desk.ran('open_chat_file')).toEqual([{ message: 1, place: 0 }]);
    await user.click(screen.getByTestId('chat-file-close'));
    await user.click(within(bubble(2)).getByTestId('chat-file'));
    expect(screen.getByTestId('chat-file-dialog').textContent).toContain('could be a program');
    expect(screen.queryByTestId('chat-file-open')).toBeNull();
  });

  it('that are pictures which cannot be shown are listed like other files', async () => {
    await openWith(
      messageOf({ key: 1, text: '', attachments: [{ name: 'tap.png', bytes: 900, is_picture: true, preview: 'a'.repeat(64), can_open: true }] }),
    );
    await until(() => expect(texts().length).toBe(1));
    const img = within(bubble(1)).getByTestId('chat-picture').querySelector('img');
    if (!img) throw new Error('no picture');
    await fireEvent.error(img);
    expect(within(bubble(1)).getByTestId('chat-file').textContent).toContain('tap.png');
  });

  it('say truthfully how far each of the hotel’s messages is', async () => {
    const { desk } = await openWith(
      ownMessage({ key: 1, state: 'waiting', id: null }),
      ownMessage({ key: 2, state: 'sending', id: null }),
      ownMessage({ key: 3, state: 'at_hotel' }),
      ownMessage({ key: 4, state: 'read' }),
      messageOf({ key: 5, state: 'read' }),
    );
    await until(() => expect(texts()).toHaveLength(5));
    const state = (key: number) => within(bubble(key)).queryByRole('img')?.getAttribute('aria-label');
    expect([1, 2, 3, 4, 5].map(state)).toEqual(['Waiting to be sent', 'On its way', 'At the hotel', 'Read by the guest', undefined]);
    desk.chat.messages.set('a', desk.chat.of('a').map((message) => (message.key === 3 ? { ...message, state: 'read' } : message)));
    await chatChanged(desk, 'a');
    await until(() => expect(state(3)).toBe('Read by the guest'));
  });

  it('have nothing to open while the conversation is empty, and say so', async () => {
    await openWith();
    expect(await screen.findByTestId('chat-messages-none')).toBeTruthy();
  });

  it('that cannot be read say why, and are read again', async () => {
    const { desk, user } = await openConversation('a', (prepared) => {
      twoChats(prepared);
      prepared.answers['messages'] = () => {
        throw failure({ message: 'The database cannot be read.' });
      };
    });
    expect((await screen.findByTestId('chat-messages-failed')).textContent).toContain('The database cannot be read.');
    delete desk.answers['messages'];
    await user.click(screen.getByText('Try again'));
    await until(() => expect(texts()).toContain('Is the pool open?'));
  });
});

describe('a message that was not sent', () => {
  const failed = ownMessage({ key: 3, id: null, text: 'Of course', state: 'attention', intent: 'i3', reason: 'The hotel refused it.' });

  it('says why, and is tried again', async () => {
    const { desk, user } = await openWith(failed);
    const note = await screen.findByTestId('chat-not-sent');
    expect(note.textContent).toContain('The hotel refused it.');
    await user.click(screen.getByTestId('chat-retry'));
    expect(desk.ran('retry_intent')).toEqual([{ id: 'i3' }]);
  });

  it('is discarded after a question', async () => {
    const { desk, user } = await openWith(failed);
    await user.click(await screen.findByTestId('chat-discard'));
    expect(desk.ran('discard_intent')).toEqual([]);
    await user.click(await screen.findByTestId('chat-discard-dialog-sure'));
    expect(desk.ran('discard_intent')).toEqual([{ id: 'i3' }]);
  });

  it('whose outcome is a question has the answers of the outbox', async () => {
    await openConversation('a', (desk) => {
      desk.chat.add({ id: 'a', room: '101' }, [failed]);
      desk.items = [itemOf({ id: 'i3', about: 'conversation', kind: 'create', is_doubtful: true })];
    });
    expect(await screen.findByTestId('attention-item')).toBeTruthy();
    expect(screen.queryByTestId('chat-retry')).toBeNull();
  });
});

describe('a quoted message', () => {
  it('is scrolled to, also if older ones have to be read for that', async () => {
    const { desk, user } = await openLong(300, (prepared) => {
      const answer = messageOf({ key: 900, reply_to: { id: 20, name: 'Emma Murphy', text: 'Message 20' } });
      prepared.chat.messages.set('a', [...prepared.chat.of('a'), answer]);
    });
    await user.click(within(bubble(900)).getByTestId('chat-quote'));
    await until(() => expect(bubble(20).classList.contains('marked')).toBe(true));
    expect(document.activeElement).toBe(bubble(20));
    expect(desk.ran('messages').at(-1)).toEqual({ conversation: 'a', limit: 400 });
  });

  it('that is not here says so, and leads nowhere', async () => {
    await openWith(messageOf({ key: 2, reply_to: { id: 1, name: '', text: '' } }));
    await until(() => expect(bubble(2).textContent).toContain('Answer to a message that is not on this computer'));
    expect(screen.queryByTestId('chat-quote')).toBeNull();
  });
});

describe('a long conversation', () => {
  it('of 10,000 messages draws few elements and first reads the newest 100', async () => {
    const { desk } = await openLong(10_000);
    await until(() => expect(texts().at(-1)).toMatch(/^Message 10000/));
    expect(desk.ran('messages')).toEqual([{ conversation: 'a', limit: 100 }]);
    expect(document.querySelectorAll('*').length).toBeLessThan(400);
  });

  it('draws few elements when all of it has been read', async () => {
    const { desk } = await openLong(10_000);
    for (let limit = 100; limit < 10_000; limit *= 2) {
      withContent(limit * ROW);
      await scrollTo(2000);
      await scrollTo(0);
      await until(() => expect(desk.ran('messages').at(-1)).toEqual({ conversation: 'a', limit: limit * 2 }));
    }
    withContent(10_000 * ROW);
    await scrollTo(200_000);
    await until(() => expect(texts().length).toBeGreaterThan(VIEW / ROW));
    expect(document.querySelectorAll('*').length).toBeLessThan(400);
  });

  it('reads older messages before its beginning is reached, and keeps what is in the view', async () => {
    const { desk } = await openLong(1000);
    withContent(100 * ROW);
    await scrollTo(3000);
    const before = desk.ran('messages').length;
    await scrollTo(10 * ROW);
    await until(() => expect(desk.ran('messages').length).toBeGreaterThan(before));
    // A hundred messages more are above. The same message is at the upper edge.
    await until(() => expect(place().scrollTop).toBeGreaterThan(100 * ROW));
    expect(texts().some((text) => text?.startsWith('Message 911'))).toBe(true);
  });

  it('asks the hotel for older messages when this computer has no more', async () => {
    const { desk } = await openConversation('a', ({ chat }) => {
      chat.add({ id: 'a', room: '101' }, [messageOf({ key: 2, text: 'Newer' })]);
      chat.atHotel.set('a', [messageOf({ key: 1, text: 'Older' })]);
    });
    await until(() => expect(texts()).toEqual(['Older', 'Newer']));
    expect(desk.ran('read_older_messages')).toEqual([{ conversation: 'a' }]);
    expect(place().textContent).toContain('The conversation begins here');
  });

  it('of which this computer has no message is read from the hotel, or says why it cannot be', async () => {
    const { desk, user } = await openConversation('a', (prepared) => {
      prepared.chat.add({ id: 'a', room: '101' });
      prepared.chat.atHotel.set('a', [messageOf({ key: 1, text: 'Older' })]);
      prepared.answers['read_older_messages'] = () => {
        throw failure({ code: 'offline', message: 'The hotel cannot be reached.' });
      };
    });
    expect((await screen.findByTestId('chat-messages-failed')).textContent).toContain('The hotel cannot be reached.');
    expect(screen.queryByTestId('chat-messages-none')).toBeNull();
    delete desk.answers['read_older_messages'];
    await user.click(screen.getByText('Try again'));
    await until(() => expect(texts()).toEqual(['Older']));
  });

  it('keeps the focus at its oldest message when older ones arrive', async () => {
    const { user } = await openLong(300);
    await user.keyboard('{ArrowUp}{Home}');
    await until(() => expect(document.activeElement).toBe(bubble(201)));
    await until(() => expect(place().scrollTop).toBeGreaterThan(90 * ROW));
    expect(document.activeElement).toBe(bubble(201));
    await user.keyboard('{ArrowUp}');
    await until(() => expect(document.activeElement).toBe(bubble(200)));
  });

  it('says why older messages cannot be read, and does not ask on and on', async () => {
    const { desk, user } = await openConversation('a', (prepared) => {
      prepared.chat.add({ id: 'a', room: '101' }, [messageOf({ key: 2, text: 'Newer' })]);
      prepared.chat.atHotel.set('a', [messageOf({ key: 1, text: 'Older' })]);
      prepared.answers['read_older_messages'] = () => {
        throw failure({ code: 'offline', message: 'The hotel cannot be reached.' });
      };
    });
    expect((await screen.findByTestId('chat-older-failed')).textContent).toContain('The hotel cannot be reached.');
    await wrote(desk, 'a', messageOf({ key: 3, text: 'Newest' }));
    await until(() => expect(texts()).toEqual(['Newer', 'Newest']));
    expect(desk.ran('read_older_messages')).toHaveLength(1);
    delete desk.answers['read_older_messages'];
    await user.click(screen.getByText('Try again'));
    await until(() => expect(texts()).toEqual(['Older', 'Newer', 'Newest']));
  });

  it('stays at its end when a message arrives there, and reads it out', async () => {
    const { desk } = await openLong(300);
    await wrote(desk, 'a', messageOf({ key: 901, name: 'Emma Murphy', text: 'The newest' }));
    await until(() => expect(texts().at(-1)).toBe('The newest'));
    expect(screen.queryByTestId('chat-fresh')).toBeNull();
    expect(screen.getByTestId('chat-spoken').textContent).toBe('Emma Murphy: The newest');
  });

  it('stays where it was scrolled to, counts the new messages, and goes to them', async () => {
    const { desk, user } = await openLong(300);
    withContent(100 * ROW);
    await scrollTo(3400);
    await scrollTo(2000);
    await until(() => expect(screen.getByTestId('chat-fresh').getAttribute('aria-label')).toBe('Go to the newest message'));
    await wrote(desk, 'a', messageOf({ key: 901, text: 'New' }));
    await wrote(desk, 'a', messageOf({ key: 902, text: 'Newer' }));
    await until(() => expect(screen.getByTestId('chat-fresh').textContent).toContain('2 new messages'));
    expect(texts()).not.toContain('Newer');
    await user.click(screen.getByTestId('chat-fresh'));
    await until(() => expect(texts().at(-1)).toBe('Newer'));
    expect(screen.queryByTestId('chat-fresh')).toBeNull();
  });

  it('answers a burst of messages with a few questions, and few elements', async () => {
    const { desk } = await openLong(300);
    const before = desk.ran('messages').length;
    await Promise.all(Array.from({ length: 500 }, (_, index) => wrote(desk, 'a', messageOf({ key: 1000 + index, text: `Burst ${index}` }))));
    await until(() => expect(texts().at(-1)).toBe('Burst 499'));
    expect(desk.ran('messages').length - before).toBeLessThan(20);
    expect(screen.getAllByTestId('chat-message').length).toBeLessThan(VIEW / ROW + 14);
  });

  it('goes to its end with an own message', async () => {
    const { user } = await openLong(300);
    withContent(100 * ROW);
    await scrollTo(3400);
    await scrollTo(2000);
    await user.click(field());
    await user.keyboard('Certainly{Enter}');
    await until(() => expect(texts().at(-1)).toBe('Certainly'));
  });

  it('is another one after a switch, at its end', async () => {
    const { user } = await openLong(300, ({ chat }) => chat.add({ id: 'b', room: '214' }, [messageOf({ key: 1, text: 'Hello' })]));
    await user.click(row('b'));
    await until(() => expect(texts()).toEqual(['Hello']));
  });
});

describe('the places of messages', () => {
  const keys = [1, 2, 3].map((key) => ({ key }));

  it('come from measured heights, and from estimates for the others', () => {
    expect([...topsOf(keys, new Map([[1, 100], [3, 20]]), 40)]).toEqual([40, 140, 188, 208]);
  });

  it('are found by the distance from the top', () => {
    const tops = topsOf(keys, new Map([[1, 100], [2, 100], [3, 100]]), 0);
    expect([-5, 0, 99, 100, 250, 999].map((distance) => rowAt(tops, distance))).toEqual([0, 0, 0, 1, 2, 2]);
    expect(rowAt(topsOf([], new Map(), 0), 10)).toBe(0);
  });
});
