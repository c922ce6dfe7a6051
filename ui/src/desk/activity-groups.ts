// The kinds of activities as a person speaks of them: for filters, and for a message that sums many up.
import type { Activity } from '../generated/Activity';
import type { ActivityKind } from '../generated/ActivityKind';
import { t } from '../messages';

export type ActivityGroup = 'guests' | 'offers' | 'pictures' | 'rooms' | 'branding' | 'team';

const GROUP_OF: Record<ActivityKind, ActivityGroup> = {
  guest_message: 'guests',
  offer_created: 'offers',
  offer_updated: 'offers',
  offer_deleted: 'offers',
  offer_picture_updated: 'pictures',
  gallery_changed: 'pictures',
  room_types_changed: 'rooms',
  branding_changed: 'branding',
  colleague_on_duty: 'team',
  colleague_off_duty: 'team',
  own_duty_changed: 'team',
};

/** In the order in which they are shown: guests wait for an answer. */
export const GROUPS: readonly ActivityGroup[] = ['guests', 'offers', 'pictures', 'rooms', 'branding', 'team'];

export function groupOf(activity: Activity): ActivityGroup {
  return GROUP_OF[activity.kind];
}

/** A guest wrote it, and waits for an answer. */
export function isOfGuest(activity: Activity): boolean {
  return groupOf(activity) === 'guests';
}

/** The kinds in these groups; none for no group. */
export function kindsOf(groups: readonly ActivityGroup[]): ActivityKind[] {
  return (Object.keys(GROUP_OF) as ActivityKind[]).filter((kind) => groups.includes(GROUP_OF[kind]));
}

/** Groups of which the entities count: an offer that was changed ten times is one offer. Of the others, each change does. */
const COUNTS_ENTITIES: ReadonlySet<ActivityGroup> = new Set<ActivityGroup>(['offers', 'rooms']);

/** How much they are about, by group; groups without any are left out. */
export function countGroups(activities: readonly Activity[]): { group: ActivityGroup; count: number }[] {
  return GROUPS.map((group) => {
    const those = activities.filter((activity) => groupOf(activity) === group);
    const entities = new Set(those.map(({ id, entity }) => entity ?? id));
    return { group, count: COUNTS_ENTITIES.has(group) ? entities.size : those.length };
  }).filter(({ count }) => count > 0);
}

/** What these changes by colleagues are about: `3 changes by colleagues: 2 offers, branding`. */
export function changesText(activities: readonly Activity[]): string {
  const parts = countGroups(activities).map(({ group, count }) => t(`activity-sum-${group}`, { count }));
  return t('activity-changes', { count: activities.length, parts: parts.join(', ') });
}

/** The same for what guests wrote and colleagues changed: guests come first. */
export function activityText(activities: readonly Activity[]): string {
  const guests = activities.filter(isOfGuest).length;
  const changes = activities.filter((activity) => !isOfGuest(activity));
  const written = t('activity-sum-guests', { count: guests });
  if (changes.length === 0) return written;
  const colleagues = changesText(changes);
  return guests > 0 ? t('activity-guests-and-colleagues', { guests: written, colleagues }) : colleagues;
}
