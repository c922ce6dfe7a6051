// Short messages at the edge of the window. What colleagues do comes one by one while it is little, and as
// one message with numbers when much happens at once: a busy morning must not cover the screen. What guests write is
// never among that, and stays until somebody has seen it: they wait for an answer.
import type { DeskError } from '../generated/DeskError';
import type { Activity } from '../generated/Activity';
import { isOfGuest } from './activity-groups';

/** How long a message stays when nobody touches it, in milliseconds. */
const STAY = 6000;
/** So many single messages by colleagues at most, and so many by guests; more become one with numbers. */
const SINGLES = 3;

export type ToastContent =
  /** The same entity, once or several times; the last fact is the newest. */
  | { kind: 'activity'; activities: Activity[] }
  | { kind: 'group'; activities: Activity[] }
  /** What guests wrote, oldest first. */
  | { kind: 'guest'; activities: Activity[] }
  /** What came while nothing was to disturb. */
  | { kind: 'meanwhile'; activities: Activity[] }
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

  /** Tells what colleagues did and guests wrote, oldest first. Whoever calls sees to it that each activity comes once. */
  notify(fresh: readonly Activity[]): void {
    const guests = fresh.filter(isOfGuest);
    const colleagues = fresh.filter((activity) => !isOfGuest(activity));
    if (colleagues.length > 0) this.#notifyOfColleagues(colleagues);
    if (guests.length > 0) this.#notifyOfGuests(guests);
  }

  #notifyOfColleagues(fresh: readonly Activity[]): void {
    const singles = this.all.filter(({ content }) => content.kind === 'activity');
    const group = this.all.find(({ content }) => content.kind === 'group');
    const entities = new Set([...singles.flatMap(activitiesOf), ...fresh].map(entityOf));
    if (!group && entities.size <= SINGLES) {
      for (const activity of fresh) this.#single(activity);
      return;
    }
    // What the pointer or the focus rests on stays where it is.
    const joining = this.#held ? [] : singles;
    const activities = [...(group ? activitiesOf(group) : []), ...joining.flatMap(activitiesOf), ...fresh];
    this.all = this.all.filter((toast) => !joining.includes(toast));
    if (group) this.#replace(group.key, { kind: 'group', activities });
    else this.#add({ kind: 'group', activities });
  }

  #notifyOfGuests(fresh: readonly Activity[]): void {
    const standing = this.all.filter(({ content }) => content.kind === 'guest');
    const many = standing.find((toast) => activitiesOf(toast).length > 1);
    if (!many && standing.length + fresh.length <= SINGLES) {
      for (const activity of fresh) this.#add({ kind: 'guest', activities: [activity] }, Infinity);
      return;
    }
    // What the pointer or the focus rests on stays where it is.
    const joining = this.#held ? [] : standing.filter((toast) => toast !== many);
    const activities = [...(many ? activitiesOf(many) : []), ...joining.flatMap(activitiesOf), ...fresh].sort((a, b) => a.id - b.id);
    this.all = this.all.filter((toast) => !joining.includes(toast));
    if (many) this.#replace(many.key, { kind: 'guest', activities }, Infinity);
    else this.#add({ kind: 'guest', activities }, Infinity);
  }

  /** Takes away what waits for somebody to see it, where all of it was looked at up to this activity. */
  seen(upto: number): void {
    const isSeen = (toast: Toast): boolean => {
      const activities = activitiesOf(toast);
      return toast.ends === Infinity && activities.length > 0 && activities.every(({ id }) => id <= upto);
    };
    if (!this.all.some(isSeen)) return;
    this.all = this.all.filter((toast) => !isSeen(toast));
    this.#schedule();
  }

  /** Tells how much came while nothing was to disturb. */
  meanwhile(activities: Activity[]): void {
    // A guest still waits: that is not to pass by either.
    if (activities.length > 0) this.#add({ kind: 'meanwhile', activities }, activities.some(isOfGuest) ? Infinity : undefined);
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

  #single(activity: Activity): void {
    const same = this.all.find(({ content }) => content.kind === 'activity' && content.activities.some((one) => isSame(one, activity)));
    if (same) this.#replace(same.key, { kind: 'activity', activities: [...activitiesOf(same), activity] });
    else this.#add({ kind: 'activity', activities: [activity] });
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

function activitiesOf({ content }: Toast): Activity[] {
  return 'activities' in content ? content.activities : [];
}

/** Activities of one kind about one entity share a message; an activity about nothing has its own. */
function entityOf(activity: Activity): string {
  return activity.entity ? `${activity.kind} ${activity.entity}` : String(activity.id);
}

function isSame(one: Activity, other: Activity): boolean {
  return entityOf(one) === entityOf(other);
}

export const toasts = new Toasts();
