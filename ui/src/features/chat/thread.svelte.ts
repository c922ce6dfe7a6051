// The messages of the conversation on the screen. The newest ones are read first, and older ones on request: from this
// desk, and from the hotel when this desk has no more.
import type { DeskError, LocalId, MessageList, MessageView, ServerId } from '../../generated';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { asFailure, command } from '../../platform';

/** The number of messages that are read at first. */
const FIRST = 100;

/** A message by its key on this desk, or by the hotel's number. */
export type Target = { key: number } | { id: ServerId };

export class Thread {
  readonly conversation: LocalId;
  readonly query: LiveQuery<MessageList>;
  /** True while older messages are read. */
  reading = $state(false);
  /** The reason why older messages could not be read. */
  olderError = $state.raw<DeskError | null>(null);
  /** The message to scroll to; null after that. */
  target = $state.raw<Target | null>(null);
  /** True while the newest message is on the screen. Older messages are then dropped with the next change. */
  atEnd = true;

  #limit = FIRST;
  /** The running read of older messages. */
  #older: Promise<boolean> | null = null;

  constructor(conversation: LocalId, target: Target | null = null) {
    this.conversation = conversation;
    this.target = target;
    this.query = new LiveQuery(
      () => this.#ask(),
      (change) => isAbout(change, 'conversation', conversation) || change.topic === 'session',
    );
  }

  start(): () => void {
    return this.query.start();
  }

  get messages(): readonly MessageView[] {
    return this.query.value?.messages ?? [];
  }

  get hasOlder(): boolean {
    return this.query.value?.has_older ?? false;
  }

  /** Returns the place of a message in the list, or -1. */
  placeOf(target: Target): number {
    return this.messages.findIndex((message) => ('key' in target ? message.key === target.key : message.id === target.id));
  }

  /** Reads older messages, or waits until they are read. Returns true if there were any. */
  async readOlder(): Promise<boolean> {
    if (!this.hasOlder) return false;
    this.#older ??= this.#readOlder();
    return this.#older;
  }

  async #readOlder(): Promise<boolean> {
    this.reading = true;
    this.olderError = null;
    const count = this.messages.length;
    try {
      if (count < this.#limit) {
        await command('read_older_messages', { conversation: this.conversation });
        this.#limit = Math.max(this.#limit, count + FIRST);
      } else {
        // A growing step, so that a long conversation needs few questions.
        this.#limit = count * 2;
      }
      await this.query.fresh();
      this.olderError = this.query.error;
    } catch (thrown) {
      this.olderError = asFailure(thrown);
    } finally {
      this.reading = false;
      this.#older = null;
    }
    return this.messages.length > count;
  }

  /** Reads older messages until this one is among them, or there are no more. */
  async reach(target: Target): Promise<void> {
    while (this.placeOf(target) < 0 && (await this.readOlder()));
  }

  #ask(): Promise<MessageList> {
    if (this.atEnd && !this.reading && this.target === null) this.#limit = FIRST;
    return command('messages', { conversation: this.conversation, limit: this.#limit });
  }
}
