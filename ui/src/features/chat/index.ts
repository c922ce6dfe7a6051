import { Editor } from '../../components/editor/editor.svelte';
import type { LocalId } from '../../generated';
import type { Account, Feature } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';
import Screen from './Chat.svelte';
import { Chats } from './chats.svelte';

/** The room of the chat with guests. */
export const chat: Feature = {
  Screen,
  begin: (account) => void account.part(Chats),
  badge: (account) => {
    const { unread, waiting } = account.part(Chats);
    return { needs: unread, waits: waiting };
  },
  open: (account, entity) => account.part(Editor).close(() => show(account, entity)),
  isThere: async (entity) => {
    const { conversations } = await command('conversations');
    return conversations.some(({ id }) => id === entity);
  },
  // Only drafts that cannot continue in their conversation by themselves are offered.
  resume: (account, [{ entity }]) => {
    account.part(Toasts).note(t('drafts-unreadable'));
    account.part(Editor).close(() => show(account, entity));
  },
};

function show(account: Account, conversation: LocalId | null): void {
  const chats = account.part(Chats);
  if (conversation === null) chats.focus = 'list';
  else chats.open(conversation);
  account.part(Navigation).room = 'chat';
}
