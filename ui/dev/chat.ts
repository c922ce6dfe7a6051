// The guest chat of the fake desk.
import type { ConversationList, ConversationView, FoundMessage, MessageView, QuickReply } from '../src/generated';
import { NOW } from './now';

function conversationOf(part: Partial<ConversationView> & { id: string; room: string }): ConversationView {
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
