// Short messages at the edge of the window, and failures that have no other place on the screen.
import type { Activity, DeskError } from '../generated';
import { asFailure } from '../platform';
import type { Account } from './account.svelte';

/** The time for which an untouched message stays, in milliseconds. */
const STAY = 6000;

export type ToastContent =
  /** Activities of one entity, of many entities, of guests' messages, or from the time of do-not-disturb. */
  | { kind: 'activity' | 'group' | 'guest' | 'meanwhile'; activities: Activity[] }
  | { kind: 'undo'; text: string; undo: () => Promise<unknown> }
  | { kind: 'note'; text: string }
  | { kind: 'failure'; error: DeskError };

export interface Toast {
  key: number;
  content: ToastContent;
  /** The time at which it ends, in milliseconds since 1970; infinite if a person must dismiss it. */
  ends: number;
}

export class Toasts {
  all = $state.raw<Toast[]>([]);
  #key = 0;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(account: Account) {
    account.onEnd(() => clearTimeout(this.#timer));
  }

  /** True while the pointer or the focus is on the messages. */
  get held(): boolean {
    return this.#held;
  }

  note(text: string): void {
    this.show({ kind: 'note', text });
  }

  failure(error: DeskError): void {
    this.show({ kind: 'failure', error }, Date.now() + 2 * STAY);
  }

  /** Offers an undo until a moment, in milliseconds since 1970. Returns the message's key. */
  undo(text: string, until: number, undo: () => Promise<unknown>): number {
    return this.show({ kind: 'undo', text, undo }, until);
  }

  /** Runs an action and shows its failure. Returns true if it succeeded. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (thrown) {
      this.failure(asFailure(thrown));
      return false;
    }
  }

  show(content: ToastContent, ends = Date.now() + STAY): number {
    const key = ++this.#key;
    this.all = [...this.all, { key, content, ends }];
    this.#schedule();
    return key;
  }

  replace(key: number, content: ToastContent, ends = Date.now() + STAY): void {
    this.all = this.all.map((toast) => (toast.key === key ? { key, content, ends } : toast));
    this.#schedule();
  }

  /** Removes messages. */
  dismiss(isGone: (toast: Toast) => boolean): void {
    this.all = this.all.filter((toast) => !isGone(toast));
    this.#schedule();
  }

  /** Keeps the messages while the pointer or the focus is on them. An undo still ends at its time. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (!held) {
      const ends = Date.now() + STAY / 2;
      this.all = this.all.map((toast) => ({ ...toast, ends: Math.max(toast.ends, isFixed(toast) ? 0 : ends) }));
    }
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const leaving = this.all.filter((toast) => !this.#held || isFixed(toast)).map((toast) => toast.ends);
    const first = Math.min(...leaving);
    // An empty list has no first end, and a permanent message has an infinite one.
    if (first === Infinity) return;
    const wait = Math.max(0, first - Date.now());
    this.#timer = setTimeout(() => this.dismiss((toast) => toast.ends <= Date.now() && (!this.#held || isFixed(toast))), wait);
  }
}

function isFixed(toast: Toast): boolean {
  return toast.content.kind === 'undo';
}
