// The guest chat of the fake desk, and its answers to the commands about it.
import type { ConversationList, ConversationView, FileMessage, FoundMessage, MessageView, QuickReply } from '../src/generated';
import type { Answers, PretendDesk } from './desk';

const NOW = '2026-11-21T14:02:00Z';

export function conversationOf(part: Partial<ConversationView> & { id: string; room: string }): ConversationView {
  return {
    guest: '',
    last_text: '',
    last_sender: null,
    last_at: null,
    unread: 0,
    unanswered_since: null,
    handler: null,
    is_muted: false,
    waiting: 0,
    attention: 0,
    ...part,
  };
}

export function messageOf(part: Partial<MessageView> & { key: number }): MessageView {
  return {
    id: part.key,
    sender: 'guest',
    is_mine: false,
    name: '',
    text: `Message ${part.key}`,
    at: NOW,
    state: 'at_hotel',
    reason: '',
    intent: null,
    is_edited: false,
    is_deleted: false,
    reply_to: null,
    attachments: [],
    ...part,
  };
}

/** Returns many messages of two writers, a minute apart. */
export function longChat(count: number): MessageView[] {
  const last = new Date(NOW).getTime();
  return Array.from({ length: count }, (_, index) => {
    const staff = index % 5 > 2;
    return messageOf({
      key: index + 1,
      sender: staff ? 'staff' : 'guest',
      is_mine: staff && index % 2 === 0,
      name: staff ? 'Rory Brosnan' : 'Emma Murphy',
      state: staff ? 'read' : 'at_hotel',
      at: new Date(last - (count - index) * 60_000).toISOString(),
      text: `Message ${index + 1}${' and some more words of it'.repeat(index % 7)}`,
    });
  });
}

export class PretendChat {
  list: ConversationList = { conversations: [], unread: 0, as_of: NOW, unavailable: null, kept_until_exit: null };
  /** The messages on this desk, by conversation, oldest first; and those that are only at the hotel. */
  readonly messages = new Map<string, MessageView[]>();
  readonly atHotel = new Map<string, MessageView[]>();
  replies: QuickReply[] = [];

  /** Adds a conversation with its messages, which it describes itself. */
  add(part: Partial<ConversationView> & { id: string; room: string }, messages: MessageView[] = []): void {
    const last = messages.at(-1);
    const described = last ? { last_text: last.text, last_sender: last.sender, last_at: last.at } : {};
    const conversations = [...this.list.conversations, conversationOf({ ...described, ...part })];
    const unread = conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
    this.list = { ...this.list, conversations, unread };
    this.messages.set(part.id, messages);
  }

  change(id: string, part: Partial<ConversationView>): void {
    const conversations = this.list.conversations.map((known) => (known.id === id ? { ...known, ...part } : known));
    const unread = conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
    this.list = { ...this.list, conversations, unread };
  }

  of(id: string): MessageView[] {
    return this.messages.get(id) ?? [];
  }

  find(words: string): FoundMessage[] {
    return [...this.messages].flatMap(([conversation, messages]) =>
      messages
        .filter(({ text }) => text.toLowerCase().includes(words.toLowerCase()))
        .map(({ key, text, at }) => ({ conversation, key, text, at })),
    );
  }
}

/** Announces a change of a conversation. */
export async function chatChanged(desk: PretendDesk, id: string): Promise<void> {
  await desk.notify({ topic: 'entities', resource: 'conversation', ids: [id] });
}

/** Adds a message of the other side, or of a colleague. */
export async function wrote(desk: PretendDesk, id: string, message: MessageView): Promise<void> {
  desk.chat.messages.set(id, [...desk.chat.of(id), message]);
  desk.chat.change(id, { last_text: message.text, last_sender: message.sender, last_at: message.at });
  await chatChanged(desk, id);
}

export function chatAnswers(desk: PretendDesk) {
  const { chat } = desk;
  return {
    conversations: () => chat.list,
    messages: ({ conversation, limit }) => {
      const all = chat.of(conversation);
      const has_older = all.length > limit || (chat.atHotel.get(conversation) ?? []).length > 0;
      return { messages: all.slice(-limit), has_older };
    },
    read_older_messages: async ({ conversation }) => {
      chat.messages.set(conversation, [...(chat.atHotel.get(conversation) ?? []), ...chat.of(conversation)]);
      chat.atHotel.delete(conversation);
      await chatChanged(desk, conversation);
      return null;
    },
    find_messages: ({ words }) => chat.find(words),
    show_conversation: () => null,
    mute_conversation: async ({ conversation, mute }) => {
      chat.change(conversation, { is_muted: mute });
      await chatChanged(desk, conversation);
      return null;
    },
    save_chat_file: ({ message, place }) => ({ file: `/downloads/${message}-${place}`, entries: 1 }),
    open_chat_file: ({ message, place }) => ({ file: `/downloads/${message}-${place}`, entries: 1 }),
    check_chat_file: () => null,
    say_with_file: async (body) => {
      const [line = '', file = ''] = new TextDecoder().decode(body as Uint8Array).split('\n');
      const { conversation, text, name } = JSON.parse(line) as FileMessage;
      const key = Math.max(0, ...chat.of(conversation).map((message) => message.key)) + 1;
      await wrote(desk, conversation, messageOf({
        key, id: null, sender: 'staff', is_mine: true, text, state: 'sending', intent: `say-${key}`,
        attachments: [{ name, bytes: file.length, is_picture: false, preview: null, can_open: true }],
      }));
      return null;
    },
    say: async ({ conversation, text, reply_to }) => {
      const key = Math.max(0, ...chat.of(conversation).map((message) => message.key)) + 1;
      const quoted = chat.of(conversation).find(({ id }) => id === reply_to);
      await wrote(desk, conversation, messageOf({
        key, id: null, sender: 'staff', is_mine: true, text, state: 'waiting', intent: `say-${key}`,
        reply_to: quoted ? { id: reply_to ?? 0, name: quoted.name, text: quoted.text } : null,
      }));
      return null;
    },
    open_room_chat: async ({ room }) => {
      chat.add({ id: `room-${room}`, room });
      await chatChanged(desk, `room-${room}`);
      return `room-${room}`;
    },
    quick_replies: () => chat.replies,
  } satisfies Answers;
}
