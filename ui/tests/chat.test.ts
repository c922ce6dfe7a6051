import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { guestWrote } from '../dev/activities';
import { chatChanged, wrote } from '../dev/changes';
import { messageOf } from '../dev/chat';
import { failure } from '../dev/commands';
import { field, openChat, openConversation, row, texts, twoChats } from './chat-setup';
import { openReadWindow, openWindow, roomShown, until } from './setup';

const rows = (): (string | undefined)[] => screen.queryAllByTestId('conversation').map(({ dataset }) => dataset['entry']);

describe('the conversations', () => {
  it('stand in the order of the core with room, guest, the last text and its writer, and what is unread', async () => {
    await openChat();
    await until(() => expect(rows()).toEqual(['a', 'b']));
    expect(row('a').textContent).toContain('Room 101 · Emma Murphy');
    expect(row('a').textContent).toContain('Guest: And the sauna?');
    expect(within(row('a')).getByTestId('conversation-unread').textContent.trim()).toBe('2');
    expect(row('b').textContent).toContain('Hotel: With pleasure');
    expect(within(row('b')).queryByTestId('conversation-unread')).toBeNull();
  });

  it('follow the hotel: a new message moves one to the top', async () => {
    const { desk } = await openChat();
    await until(() => expect(rows()).toEqual(['a', 'b']));
    desk.chat.list = { ...desk.chat.list, conversations: desk.chat.list.conversations.toReversed() };
    await wrote(desk, 'b', messageOf({ key: 3, text: 'One more thing' }));
    await until(() => expect(rows()).toEqual(['b', 'a']));
    expect(row('b').textContent).toContain('Guest: One more thing');
  });

  it('say for how long a guest waits, and the time grows', async () => {
    const { desk } = await openChat();
    await until(() => expect(within(row('a')).getByTestId('conversation-wait').textContent).toBe('Waiting for 7 minutes'));
    expect(within(row('b')).queryByTestId('conversation-wait')).toBeNull();
    desk.chat.change('a', { unanswered_since: new Date(Date.now() - 8 * 60_000 + 500).toISOString() });
    await chatChanged(desk, 'a');
    await until(() => expect(within(row('a')).getByTestId('conversation-wait').textContent).toBe('Waiting for 8 minutes'));
  });

  it('are muted and heard again with one button, and name the colleague who answers', async () => {
    const { desk, user } = await openConversation('a');
    const handlers = [
      [{ name: 'Rory Kelly', is_me: false, has_answered: true }, 'Last answer: Rory Kelly'],
      [{ name: 'Aoife Byrne', is_me: false, has_answered: false }, 'Taken over by Aoife Byrne'],
      [{ name: 'Mary Walsh', is_me: true, has_answered: true }, 'Last answer: you'],
    ] as const;
    for (const [handler, text] of handlers) {
      desk.chat.change('a', { handler });
      await chatChanged(desk, 'a');
      await until(() => expect(screen.getByTestId('conversation-handler').textContent).toBe(text));
    }
    await user.click(screen.getByTestId('conversation-mute'));
    await until(() => expect(within(row('a')).getByTestId('conversation-muted')).toBeTruthy());
    expect(screen.getByTestId('conversation-mute').getAttribute('aria-pressed')).toBe('true');
    await user.click(screen.getByTestId('conversation-mute'));
    await until(() => expect(within(row('a')).queryByTestId('conversation-muted')).toBeNull());
    expect(desk.ran('mute_conversation')).toEqual([
      { conversation: 'a', mute: true },
      { conversation: 'a', mute: false },
    ]);
  });

  it('show own messages that wait or were not sent', async () => {
    const { desk } = await openChat();
    desk.chat.change('b', { waiting: 2 });
    desk.chat.change('a', { attention: 1 });
    await chatChanged(desk, 'b');
    await until(() => expect(within(row('b')).getByRole('img').getAttribute('aria-label')).toBe('2 messages are not at the hotel yet'));
    expect(within(row('a')).getByRole('img').getAttribute('aria-label')).toBe('1 message was not sent');
  });

  it('draw few rows, however many there are', async () => {
    await openChat(({ chat }) => {
      for (let room = 0; room < 200; room += 1) chat.add({ id: `c${room}`, room: String(room) });
    });
    await until(() => expect(rows().length).toBeGreaterThan(0));
    expect(rows().length).toBeLessThan(20);
  });

  it('are counted on the rail while another room is shown', async () => {
    const { desk } = await openWindow(twoChats);
    await until(() => expect(screen.getByTestId('rail-count-chat').textContent).toBe('2'));
    expect(roomShown()).toBe('offers');
    desk.chat.change('a', { unread: 3 });
    await chatChanged(desk, 'a');
    await until(() => expect(screen.getByTestId('rail-count-chat').textContent).toBe('3'));
    expect(screen.getByTestId('rail-chat').textContent).toContain('3 unread messages of guests');
  });
});

describe('the room of the guest chat', () => {
  it('says why there is none on this server', async () => {
    await openChat(({ chat }) => (chat.list = { ...chat.list, unavailable: 'Housekeeping cannot use the guest chat.' }));
    expect((await screen.findByTestId('chat-absent')).textContent).toContain('Housekeeping cannot use the guest chat.');
    expect(screen.queryByTestId('chat-new')).toBeNull();
  });

  it('says why the list cannot be read, and tries again', async () => {
    const { desk, user } = await openChat((prepared) => {
      prepared.answers['conversations'] = () => {
        throw failure({ message: 'The database cannot be read.' });
      };
    });
    expect((await screen.findByTestId('chat-failed')).textContent).toContain('The database cannot be read.');
    delete desk.answers['conversations'];
    twoChats(desk);
    await user.click(screen.getByText('Try again'));
    await until(() => expect(rows()).toEqual(['a', 'b']));
  });

  it('that was never read is not called empty, and an empty one is', async () => {
    const { desk } = await openChat(({ chat }) => (chat.list = { ...chat.list, as_of: null }));
    expect(screen.queryByTestId('chat-empty')).toBeNull();
    desk.chat.list = { ...desk.chat.list, as_of: '2026-11-21T14:00:00Z' };
    await chatChanged(desk, 'a');
    expect(await screen.findByTestId('chat-empty')).toBeTruthy();
  });

  it('says how old the list is while the hotel cannot be reached', async () => {
    const { desk } = await openChat();
    await desk.setStatus({ online: false, pill: 'offline' });
    expect((await screen.findByTestId('as-of')).textContent).toMatch(/As of/);
  });

  it('says that texts are kept only while the program runs', async () => {
    await openChat((desk) => {
      twoChats(desk);
      desk.chat.list = { ...desk.chat.list, kept_until_exit: 'This computer has no key store.' };
    });
    expect((await screen.findByTestId('chat-kept')).textContent).toBe('This computer has no key store.');
  });

  it('is opened by its shortcut, with the focus in the list', async () => {
    const { user } = await openReadWindow(twoChats);
    await user.keyboard('{F7}');
    await until(() => expect(roomShown()).toBe('chat'));
    await until(() => expect(document.activeElement).toBe(row('a')));
  });

  it('shows nothing while the desk is locked', async () => {
    const { desk } = await openConversation();
    await until(() => expect(texts()).toContain('Is the pool open?'));
    desk.session = null;
    desk.people = { ...desk.people, locked: true };
    await desk.notify({ topic: 'session' });
    await until(() => expect(screen.queryByTestId('chat')).toBeNull());
    expect(document.body.textContent).not.toContain('Emma');
    expect(desk.ran('show_conversation').at(-1)).toEqual({ conversation: null });
  });
});

describe('a search in the guest chat', () => {
  it('finds conversations by name and room', async () => {
    const { user } = await openChat();
    await user.type(await screen.findByTestId('chat-search'), 'walsh 214');
    await until(() => expect(rows()).toEqual(['b']));
  });

  it('finds texts on this computer, says so, and opens the conversation at the message', async () => {
    const { user } = await openChat();
    await user.type(await screen.findByTestId('chat-search'), 'towels');
    const found = await screen.findByTestId('found-message');
    expect(found.textContent).toContain('Thank you for the towels');
    expect(screen.getByTestId('chat-search-here').textContent).toContain('on this computer');
    await user.click(found);
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('b'));
    await until(() => expect(document.querySelector('.marked')?.textContent).toContain('Thank you for the towels'));
  });

  it('opens the first message that it finds by Enter, if no name has the words', async () => {
    const { user } = await openChat();
    await user.type(await screen.findByTestId('chat-search'), 'towels');
    await screen.findByTestId('found-message');
    await user.keyboard('{Enter}');
    await until(() => expect(document.querySelector('.marked')?.textContent).toContain('Thank you for the towels'));
  });

  it('of texts that fails says so', async () => {
    const { desk, user } = await openChat();
    desk.answers['find_messages'] = () => {
      throw failure({ message: 'The texts cannot be read.' });
    };
    await user.type(await screen.findByTestId('chat-search'), 'emma');
    expect((await screen.findByRole('alert')).textContent).toContain('The texts cannot be read.');
    expect(rows()).toEqual(['a']);
  });

  it('says when nothing matches, and shows all again', async () => {
    const { user } = await openChat();
    await user.type(await screen.findByTestId('chat-search'), 'zebra');
    await screen.findByTestId('chat-nothing');
    await user.click(screen.getByText('Show all conversations'));
    await until(() => expect(rows()).toEqual(['a', 'b']));
  });

  it('opens its first result by Enter', async () => {
    const { user } = await openChat();
    await user.keyboard('/');
    await user.keyboard('liam{Enter}');
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('b'));
  });
});

describe('a room without a conversation', () => {
  it('gets one, which is open for writing', async () => {
    const { desk, user } = await openChat();
    await user.click(await screen.findByTestId('chat-new'));
    await user.type(await screen.findByTestId('chat-new-room'), '305{Enter}');
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('room-305'));
    expect(desk.ran('open_room_chat')).toEqual([{ room: '305' }]);
    await until(() => expect(document.activeElement).toBe(field()));
  });

  it('that has one is opened without asking the hotel', async () => {
    const { desk, user } = await openChat();
    await user.click(await screen.findByTestId('chat-new'));
    await user.type(await screen.findByTestId('chat-new-room'), '214{Enter}');
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('b'));
    expect(desk.ran('open_room_chat')).toEqual([]);
  });

  it('says why it could not be opened, and keeps the number', async () => {
    const { desk, user } = await openChat();
    desk.answers['open_room_chat'] = () => {
      throw failure({ code: 'offline', message: 'The hotel cannot be reached.' });
    };
    await user.click(await screen.findByTestId('chat-new'));
    await user.type(await screen.findByTestId('chat-new-room'), '305{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The hotel cannot be reached.');
    expect(screen.getByTestId<HTMLInputElement>('chat-new-room').value).toBe('305');
  });
});

describe('a guest’s message', () => {
  it('at the edge of the window leads to its conversation, and its message goes', async () => {
    const { desk, user } = await openReadWindow(twoChats);
    await desk.did(guestWrote(1, 'a'));
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('a'));
    expect(roomShown()).toBe('chat');
    await until(() => expect(screen.queryByTestId('toast')).toBeNull());
  });

  it('makes no message at the edge of the window while a person looks at its conversation', async () => {
    const { desk } = await openConversation('a');
    await desk.did(guestWrote(1, 'a'), guestWrote(2, 'b'));
    await until(() => expect(screen.getAllByTestId('toast')).toHaveLength(1));
    window.dispatchEvent(new Event('blur'));
    await desk.did(guestWrote(3, 'a'));
    await until(() => expect(screen.getAllByTestId('toast')).toHaveLength(2));
    window.dispatchEvent(new Event('focus'));
    await until(() => expect(screen.getAllByTestId('toast')).toHaveLength(1));
    expect(screen.getByTestId('toast').textContent).toContain('Towels 2');
  });

  it('in a native notification leads to its conversation', async () => {
    const { desk } = await openReadWindow(twoChats);
    await desk.clickNotification(guestWrote(1, 'b'));
    await until(() => expect(screen.getByTestId('conversation-open').dataset['id']).toBe('b'));
  });
});

describe('the conversation that a person looks at', () => {
  const shown = (desk: { ran: (name: string) => Record<string, unknown>[] }) =>
    desk.ran('show_conversation').map(({ conversation }) => conversation);

  it('is reported when it is opened and when another one is', async () => {
    const { desk, user } = await openConversation('a');
    await until(() => expect(shown(desk)).toEqual(['a']));
    await user.click(row('b'));
    await until(() => expect(shown(desk)).toEqual(['a', 'b']));
  });

  it('is none while the window is not in front, and is reported again when it is', async () => {
    const { desk } = await openConversation('a');
    await until(() => expect(shown(desk)).toEqual(['a']));
    window.dispatchEvent(new Event('blur'));
    await until(() => expect(shown(desk)).toEqual(['a', null]));
    window.dispatchEvent(new Event('focus'));
    await until(() => expect(shown(desk)).toEqual(['a', null, 'a']));
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => expect(shown(desk)).toEqual(['a', null, 'a', null]));
  });

  it('is none in another room', async () => {
    const { desk, user } = await openConversation('a');
    await user.click(screen.getByTestId('rail-offers'));
    await until(() => expect(shown(desk)).toEqual(['a', null]));
    await user.click(screen.getByTestId('rail-chat'));
    await until(() => expect(shown(desk)).toEqual(['a', null, 'a']));
  });

  it('is none while the arrow keys move in the list', async () => {
    const { desk, user } = await openReadWindow(twoChats);
    await user.keyboard('{F7}');
    await until(() => expect(document.activeElement).toBe(row('a')));
    await user.keyboard('{ArrowDown}');
    await until(() => expect(document.activeElement).toBe(row('b')));
    expect(shown(desk)).toEqual([]);
  });
});
