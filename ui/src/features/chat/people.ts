// The names of the people in a conversation.
import type { ConversationView, MessageView } from '../../generated';
import { t } from '../../messages';

/** Returns the name of a message's writer. */
export function writerOf({ is_mine, name, sender }: MessageView, { guest }: ConversationView): string {
  if (is_mine) return t('chat-you');
  if (sender === 'guest') return name || guest || t('chat-guest');
  return name || t('chat-hotel');
}
