// Short messages at the edge of the window. What colleagues do comes one by one while it is little, and as
// one message with a number when much happens at once: a busy morning must not cover the screen.
import type { DeskError } from '../generated/DeskError';
import type { Fact } from '../generated/Fact';
import { onChange } from '../platform';

/** How long a message stays when nobody touches it, in milliseconds. */
const STAY = 6000;
/** So many single messages by colleagues at most; more become one with a number. */
const SINGLES = 3;

export type ToastContent =
  | { kind: 'fact'; fact: Fact; times: number }
  | { kind: 'group'; count: number }
  | { kind: 'undo'; text: string; undo: () => Promise<unknown> }
  | { kind: 'note'; text: string }
  | { kind: 'failure'; error: DeskError };

export interface Toast {
  key: number;
  content: ToastContent;
  /** When it goes by itself, in milliseconds since 1970. */
  ends: number;
}

class Toasts {
  all = $state.raw<Toast[]>([]);
  #key = 0;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows what colleagues do until the returned function is called. */
  follow(): () => void {
    const stop = onChange((change) => {
      if (change.topic === 'fact') this.fact(change.fact);
    });
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.all = [];
    };
  }

  fact(fact: Fact): void {
    const same = this.all.find(
      ({ content }) =>
        content.kind === 'fact' && content.fact.kind === fact.kind && content.fact.offer === fact.offer && fact.offer,
    );
    if (same?.content.kind === 'fact') {
      this.#replace(same.key, { kind: 'fact', fact, times: same.content.times + 1 });
      return;
    }
    const group = this.all.find(({ content }) => content.kind === 'group');
    if (group?.content.kind === 'group') {
      this.#replace(group.key, { kind: 'group', count: group.content.count + 1 });
    } else if (this.all.filter(({ content }) => content.kind === 'fact').length >= SINGLES) {
      this.#add({ kind: 'group', count: 1 });
    } else {
      this.#add({ kind: 'fact', fact, times: 1 });
    }
  }

  note(text: string): void {
    this.#add({ kind: 'note', text });
  }

  failure(error: DeskError): void {
    this.#add({ kind: 'failure', error }, Date.now() + 2 * STAY);
  }

  /** Offers to take something back by `undo` for as long as the core allows it. */
  undo(text: string, until: string, undo: () => Promise<unknown>): void {
    this.#add({ kind: 'undo', text, undo }, new Date(until).getTime());
  }

  dismiss(key: number): void {
    this.all = this.all.filter((toast) => toast.key !== key);
    this.#schedule();
  }

  /** While the pointer or the focus rests on them, messages stay; only an undo ends when it must. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (!held) {
      const ends = Date.now() + STAY / 2;
      this.all = this.all.map((toast) => ({ ...toast, ends: Math.max(toast.ends, this.#fixed(toast) ? 0 : ends) }));
    }
    this.#schedule();
  }

  #fixed(toast: Toast): boolean {
    return toast.content.kind === 'undo';
  }

  #add(content: ToastContent, ends = Date.now() + STAY): void {
    this.all = [...this.all, { key: ++this.#key, content, ends }];
    this.#schedule();
  }

  #replace(key: number, content: ToastContent): void {
    this.all = this.all.map((toast) => (toast.key === key ? { key, content, ends: Date.now() + STAY } : toast));
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const leaving = this.all.filter((toast) => !this.#held || this.#fixed(toast)).map((toast) => toast.ends);
    if (leaving.length === 0) return;
    this.#timer = setTimeout(
      () => {
        const moment = Date.now();
        this.all = this.all.filter((toast) => toast.ends > moment || (this.#held && !this.#fixed(toast)));
        this.#schedule();
      },
      Math.max(0, Math.min(...leaving) - Date.now()),
    );
  }
}

export const toasts = new Toasts();
