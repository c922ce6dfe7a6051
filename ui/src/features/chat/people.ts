// The names of the people in a conversation.
import type { ConversationView, MessageView } from '../../generated';
import { t } from '../../messages';

/** Returns who answers a conversation, or an empty text if that is not known. */
export function handlerText({ handler }: ConversationView): string {
  if (!handler) return '';
  const { name, is_me, has_answered } = handler;
  if (!has_answered) return t('chat-taken-over', { name });
  return is_me ? t('chat-handler-me') : t('chat-handler', { name });
}

/** Returns the name of a message's writer. */
export function writerOf({ is_mine, name, sender }: MessageView, { guest }: ConversationView): string {
  if (is_mine) return t('chat-you');
  if (sender === 'guest') return name || guest || t('chat-guest');
  return name || t('chat-hotel');
}
