// The answers about the guest chat.
import type { FileMessage } from '../../src/generated';
import { chatChanged, wrote } from '../changes';
import { messageOf } from '../chat';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

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
