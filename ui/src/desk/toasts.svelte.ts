// Short messages at the edge of the window. What colleagues do comes one by one while it is little, and as
// one message with numbers when much happens at once: a busy morning must not cover the screen. What guests write is
// never among that, and stays until somebody has seen it: they wait for an answer.
import type { DeskError } from '../generated/DeskError';
import type { Fact } from '../generated/Fact';
import { isOfGuest } from './fact-groups';

/** How long a message stays when nobody touches it, in milliseconds. */
const STAY = 6000;
/** So many single messages by colleagues at most, and so many by guests; more become one with numbers. */
const SINGLES = 3;

export type ToastContent =
  /** The same thing, once or several times; the last fact is the newest. */
  | { kind: 'fact'; facts: Fact[] }
  | { kind: 'group'; facts: Fact[] }
  /** What guests wrote, oldest first. */
  | { kind: 'guest'; facts: Fact[] }
  /** What came while nothing was to disturb. */
  | { kind: 'meanwhile'; facts: Fact[] }
  | { kind: 'undo'; text: string; undo: () => Promise<unknown> }
  | { kind: 'note'; text: string }
  | { kind: 'failure'; error: DeskError };

export interface Toast {
  key: number;
  content: ToastContent;
  /** When it goes by itself, in milliseconds since 1970; infinite when somebody has to take it away. */
  ends: number;
}

class Toasts {
  all = $state.raw<Toast[]>([]);
  #key = 0;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Tells what colleagues did and guests wrote, oldest first. Whoever calls sees to it that each fact comes once. */
  tell(news: readonly Fact[]): void {
    const guests = news.filter(isOfGuest);
    const colleagues = news.filter((fact) => !isOfGuest(fact));
    if (colleagues.length > 0) this.#tellOfColleagues(colleagues);
    if (guests.length > 0) this.#tellOfGuests(guests);
  }

  #tellOfColleagues(news: readonly Fact[]): void {
    const singles = this.all.filter(({ content }) => content.kind === 'fact');
    const group = this.all.find(({ content }) => content.kind === 'group');
    const things = new Set([...singles.flatMap(factsOf), ...news].map(thingOf));
    if (!group && things.size <= SINGLES) {
      for (const fact of news) this.#single(fact);
      return;
    }
    // What the pointer or the focus rests on stays where it is.
    const joining = this.#held ? [] : singles;
    const facts = [...(group ? factsOf(group) : []), ...joining.flatMap(factsOf), ...news];
    this.all = this.all.filter((toast) => !joining.includes(toast));
    if (group) this.#replace(group.key, { kind: 'group', facts });
    else this.#add({ kind: 'group', facts });
  }

  #tellOfGuests(news: readonly Fact[]): void {
    const standing = this.all.filter(({ content }) => content.kind === 'guest');
    const many = standing.find((toast) => factsOf(toast).length > 1);
    if (!many && standing.length + news.length <= SINGLES) {
      for (const fact of news) this.#add({ kind: 'guest', facts: [fact] }, Infinity);
      return;
    }
    // What the pointer or the focus rests on stays where it is.
    const joining = this.#held ? [] : standing.filter((toast) => toast !== many);
    const facts = [...(many ? factsOf(many) : []), ...joining.flatMap(factsOf), ...news].sort((a, b) => a.id - b.id);
    this.all = this.all.filter((toast) => !joining.includes(toast));
    if (many) this.#replace(many.key, { kind: 'guest', facts }, Infinity);
    else this.#add({ kind: 'guest', facts }, Infinity);
  }

  /** Takes away what waits for somebody to see it, where all of it was looked at up to this fact. */
  seen(upto: number): void {
    const isSeen = (toast: Toast): boolean => {
      const facts = factsOf(toast);
      return toast.ends === Infinity && facts.length > 0 && facts.every(({ id }) => id <= upto);
    };
    if (!this.all.some(isSeen)) return;
    this.all = this.all.filter((toast) => !isSeen(toast));
    this.#schedule();
  }

  /** Tells how much came while nothing was to disturb. */
  meanwhile(facts: Fact[]): void {
    // A guest still waits: that is not to pass by either.
    if (facts.length > 0) this.#add({ kind: 'meanwhile', facts }, facts.some(isOfGuest) ? Infinity : undefined);
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

  /** Takes all messages away, for the next person who signs in. */
  forget(): void {
    clearTimeout(this.#timer);
    this.all = [];
    this.#held = false;
  }

  #single(fact: Fact): void {
    const same = this.all.find(({ content }) => content.kind === 'fact' && content.facts.some((one) => isSame(one, fact)));
    if (same) this.#replace(same.key, { kind: 'fact', facts: [...factsOf(same), fact] });
    else this.#add({ kind: 'fact', facts: [fact] });
  }

  #fixed(toast: Toast): boolean {
    return toast.content.kind === 'undo';
  }

  #add(content: ToastContent, ends = Date.now() + STAY): void {
    this.all = [...this.all, { key: ++this.#key, content, ends }];
    this.#schedule();
  }

  #replace(key: number, content: ToastContent, ends = Date.now() + STAY): void {
    this.all = this.all.map((toast) => (toast.key === key ? { key, content, ends } : toast));
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const leaving = this.all.filter((toast) => !this.#held || this.#fixed(toast)).map((toast) => toast.ends);
    const first = Math.min(...leaving);
    // An empty list has no first one, and one that stays has no end.
    if (first === Infinity) return;
    this.#timer = setTimeout(
      () => {
        const moment = Date.now();
        this.all = this.all.filter((toast) => toast.ends > moment || (this.#held && !this.#fixed(toast)));
        this.#schedule();
      },
      Math.max(0, first - Date.now()),
    );
  }
}

function factsOf({ content }: Toast): Fact[] {
  return 'facts' in content ? content.facts : [];
}

/** Facts of one kind about one thing share a message; a fact about nothing has its own. */
function thingOf(fact: Fact): string {
  return fact.thing ? `${fact.kind} ${fact.thing}` : String(fact.id);
}

function isSame(one: Fact, other: Fact): boolean {
  return thingOf(one) === thingOf(other);
}

export const toasts = new Toasts();
