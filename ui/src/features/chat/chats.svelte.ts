// The conversations with guests, the search in them, and the conversation on the screen.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import { Drafts } from '../../components/editor/drafts.svelte';
import { Keeping } from '../../components/editor/keeping.svelte';
import type { ConversationList, ConversationView, DeskError, DraftView, FoundMessage, LocalId } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { type Toast, Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { asFailure, command } from '../../platform';
import { type Target, Thread } from './thread.svelte';
import { readMemo, Writing } from './writing.svelte';

/** The time from the last keystroke to the search in texts, in milliseconds. */
const PAUSE = 150;

/** An entry of the list: a conversation, or a message that was found in one. */
export type Entry =
  | { is: 'conversation'; key: string; conversation: ConversationView }
  | { is: 'heading'; key: string }
  | { is: 'message'; key: string; conversation: ConversationView; message: FoundMessage };

/** Returns the name of a conversation. */
export function nameOf({ room, guest }: ConversationView): string {
  return guest ? t('chat-name', { room, guest }) : t('chat-room', { room });
}

export class Chats {
  readonly query: LiveQuery<ConversationList>;
  /** The conversation on the screen; null if none is chosen. */
  thread = $state.raw<Thread | null>(null);
  /** The place that the screen moves the focus to; null after that. */
  focus = $state<'list' | 'composer' | null>(null);
  /** The messages that contain the words of the search. */
  found = $state.raw<FoundMessage[]>([]);
  searchError = $state.raw<DeskError | null>(null);

  #search = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writings = new SvelteMap<LocalId, Writing>();
  #keeping: Keeping;
  #toasts: Toasts;

  constructor(account: Account) {
    this.#keeping = account.part(Keeping);
    this.#toasts = account.part(Toasts);
    this.query = new LiveQuery(
      () => command('conversations'),
      // The age of the list is announced with the status.
      (change) => isAbout(change, 'conversation') || ['session', 'capabilities', 'status'].includes(change.topic),
    );
    const drafts = account.part(Drafts);
    account.onEnd(this.query.start());
    account.onEnd(() => {
      clearTimeout(this.#timer);
      for (const { keeper } of this.#writings.values()) keeper.end();
    });
    // A draft continues in its conversation by itself. Only those that cannot are offered like other drafts.
    $effect(() => {
      const { offered } = drafts;
      untrack(() => offered.forEach(([draft]) => this.#takeUp(draft)));
    });
  }

  #takeUp({ id, about, entity, there, title, content }: DraftView): void {
    const memo = about === 'conversation' && there ? readMemo(content) : null;
    if (memo && entity !== null) this.writing(entity, title).resume(id, memo);
  }

  get all(): readonly ConversationView[] {
    return this.query.value?.conversations ?? [];
  }

  /** The unread messages of guests. */
  get unread(): number {
    return this.query.value?.unread ?? 0;
  }

  /** The messages of this desk that are not at the hotel yet. */
  get waiting(): number {
    return this.all.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  of(id: LocalId): ConversationView | undefined {
    return this.all.find((conversation) => conversation.id === id);
  }

  /**
   * Returns the unsent message of a conversation, which is made on first use. `title` is the name of its draft while the
   * conversation is not read yet.
   */
  writing(id: LocalId, title = ''): Writing {
    const known = this.#writings.get(id);
    if (known) return known;
    const made = new Writing(this.#keeping, id, () => {
      const room = this.of(id)?.room;
      return room === undefined ? title : t('chat-room', { room });
    });
    this.#writings.set(id, made);
    return made;
  }

  /** Returns the unsent text of a conversation, in one line. */
  unsent(id: LocalId): string {
    return this.#writings.get(id)?.text.replace(/\s+/g, ' ').trim() ?? '';
  }

  /** Shows a conversation, at one of its messages if `target` is given. */
  open(id: LocalId, target: Target | null = null): void {
    if (this.thread?.conversation !== id) this.thread = new Thread(id, target);
    else if (target) this.thread.target = target;
    this.writing(id);
    this.focus = 'composer';
  }

  /** Removes the messages at the edge of the window that are about this conversation only. */
  dismiss(id: LocalId): void {
    const isOfIt = ({ content }: Toast): boolean =>
      content.kind === 'guest' && content.activities.every(({ entity }) => entity === id);
    if (this.#toasts.all.some(isOfIt)) this.#toasts.dismiss(isOfIt);
  }

  get search(): string {
    return this.#search;
  }

  set search(text: string) {
    this.#search = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(text.trim()), PAUSE);
    if (text.trim() === '') this.found = [];
  }

  /** The entries of the list: all conversations, or those that match the search, and the found messages. */
  get entries(): Entry[] {
    const words = this.#search.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = ({ room, guest }: ConversationView): boolean => {
      const text = `${room} ${guest}`.toLowerCase();
      return words.every((word) => text.includes(word));
    };
    const entries: Entry[] = this.all
      .filter(matches)
      .map((conversation) => ({ is: 'conversation', key: conversation.id, conversation }));
    const found = this.found.flatMap((message): Entry[] => {
      const conversation = this.of(message.conversation);
      return conversation ? [{ is: 'message', key: `${message.conversation} ${message.key}`, conversation, message }] : [];
    });
    if (entries.length === 0 || found.length === 0) return [...entries, ...found];
    return [...entries, { is: 'heading', key: 'heading' }, ...found];
  }

  async #find(words: string): Promise<void> {
    this.searchError = null;
    try {
      const found = words ? await command('find_messages', { words }) : [];
      if (this.#search.trim() === words) this.found = found;
    } catch (thrown) {
      if (this.#search.trim() === words) this.searchError = asFailure(thrown);
    }
  }
}
