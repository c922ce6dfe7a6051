// Shows a few activities one by one, and many at once as one message with numbers, so that a busy morning does not
// cover the screen. Guests' messages are never part of that. They stay until a person has seen them, because guests
// wait for an answer.
import type { Activity } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { type Toast, Toasts } from '../../lib/toasts.svelte';
import { isOfGuest } from './groups';

/**
 * The highest number of single messages for colleagues, and of those for guests. More become one message with numbers.
 */
const SINGLES = 3;

export class Announcements {
  #toasts: Toasts;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
  }

  /** Shows messages about activities, oldest first. The caller passes each activity once. */
  notify(fresh: readonly Activity[]): void {
    const guests = fresh.filter(isOfGuest);
    const colleagues = fresh.filter((activity) => !isOfGuest(activity));
    if (colleagues.length > 0) this.#ofColleagues(colleagues);
    if (guests.length > 0) this.#ofGuests(guests);
  }

  /** Removes the permanent messages whose activities were all seen, up to this one. */
  seen(upto: number): void {
    this.#toasts.dismiss((toast) => {
      const activities = activitiesOf(toast);
      return toast.ends === Infinity && activities.length > 0 && activities.every(({ id }) => id <= upto);
    });
  }

  /** Shows the number of activities during do-not-disturb. */
  meanwhile(activities: Activity[]): void {
    if (activities.length === 0) return;
    // A guest still waits, so this message stays.
    this.#toasts.show({ kind: 'meanwhile', activities }, activities.some(isOfGuest) ? Infinity : undefined);
  }

  #ofColleagues(fresh: readonly Activity[]): void {
    const singles = this.#toasts.all.filter(({ content }) => content.kind === 'activity');
    const group = this.#toasts.all.find(({ content }) => content.kind === 'group');
    const entities = new Set([...singles.flatMap(activitiesOf), ...fresh].map(entityOf));
    if (group || entities.size > SINGLES) this.#join('group', group, singles, fresh);
    else for (const activity of fresh) this.#single(activity);
  }

  #ofGuests(fresh: readonly Activity[]): void {
    const standing = this.#toasts.all.filter(({ content }) => content.kind === 'guest');
    const many = standing.find((toast) => activitiesOf(toast).length > 1);
    if (many || standing.length + fresh.length > SINGLES) {
      const singles = standing.filter((toast) => toast !== many);
      this.#join('guest', many, singles, fresh, Infinity);
      return;
    }
    for (const activity of fresh) this.#toasts.show({ kind: 'guest', activities: [activity] }, Infinity);
  }

  /** Joins the existing message `many`, the single messages and the new activities into one message. */
  #join(kind: 'group' | 'guest', many: Toast | undefined, singles: Toast[], fresh: readonly Activity[], ends?: number): void {
    // A message under the pointer or with the focus stays where it is.
    const joining = this.#toasts.held ? [] : singles;
    const activities = [...(many ? activitiesOf(many) : []), ...joining.flatMap(activitiesOf), ...fresh].sort((a, b) => a.id - b.id);
    this.#toasts.dismiss((toast) => joining.includes(toast));
    if (many) this.#toasts.replace(many.key, { kind, activities }, ends);
    else this.#toasts.show({ kind, activities }, ends);
  }

  #single(activity: Activity): void {
    const isSame = (other: Activity): boolean => entityOf(other) === entityOf(activity);
    const same = this.#toasts.all.find((toast) => toast.content.kind === 'activity' && activitiesOf(toast).some(isSame));
    const activities = [...(same ? activitiesOf(same) : []), activity];
    if (same) this.#toasts.replace(same.key, { kind: 'activity', activities });
    else this.#toasts.show({ kind: 'activity', activities });
  }
}

function activitiesOf({ content }: Toast): Activity[] {
  return 'activities' in content ? content.activities : [];
}

/**
 * Returns a key for activities of one kind about one entity, which share a message. An activity without an entity has
 * its own.
 */
function entityOf(activity: Activity): string {
  return activity.entity ? `${activity.kind} ${activity.entity}` : String(activity.id);
}
