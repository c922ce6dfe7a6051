// Groups of activities, for the filters and for messages about many activities.
import type { Activity, ActivityKind, Kind } from '../../generated';
import { ALL_ROOMS, type Room, roomOf, ROOMS } from '../../lib/rooms';
import { t } from '../../messages';

/** A room whose entities colleagues change. A gallery belongs to the pictures. */
export type ActivityGroup = 'guests' | 'pictures' | 'team' | Exclude<Room, 'gallery' | 'chat' | 'attention' | 'diagnostics' | 'settings'>;

const DEEDS = ['created', 'updated', 'deleted', 'picture_updated', 'changed'] as const;

function groupFor(about: Kind, kind: ActivityKind): ActivityGroup {
  const room = roomOf(about);
  return kind.endsWith('_picture_updated') || room === 'gallery' ? 'pictures' : (room as ActivityGroup);
}

export function groupOf({ about, kind }: Activity): ActivityGroup {
  if (kind === 'guest_message') return 'guests';
  return about === null ? 'team' : groupFor(about, kind);
}

/** Returns the resource whose screen shows an activity, or null if only the history shows it. */
export function shownAs(activity: Activity): Kind | null {
  // The conversation of a message from an earlier version is not known.
  if (isOfGuest(activity)) return activity.entity === null ? null : 'conversation';
  return activity.kind.endsWith('_deleted') ? null : activity.about;
}

/** The kinds of colleagues' activities, with the group of each. */
const CHANGES: readonly (readonly [ActivityKind, ActivityGroup])[] = ALL_ROOMS.flatMap((room) => {
  const about = ROOMS[room].shows;
  if (about === null || about === 'conversation') return [];
  return DEEDS.map((deed) => `${about}_${deed}` as const).map((kind) => [kind, groupFor(about, kind)] as const);
});

const KINDS: readonly (readonly [ActivityKind, ActivityGroup])[] = [
  ['guest_message', 'guests'],
  ...CHANGES,
  ['colleague_on_duty', 'team'],
  ['colleague_off_duty', 'team'],
  ['own_duty_changed', 'team'],
];

/** The groups in display order; guests first, because they wait for an answer. */
export const GROUPS: readonly ActivityGroup[] = [...new Set(KINDS.map(([, group]) => group))];

/** Returns true if a guest wrote it and waits for an answer. */
export function isOfGuest(activity: Activity): boolean {
  return groupOf(activity) === 'guests';
}

/** Returns the kinds in these groups; no kinds for no group. */
export function kindsOf(groups: readonly ActivityGroup[]): ActivityKind[] {
  return KINDS.filter(([, group]) => groups.includes(group)).map(([kind]) => kind);
}

/** Groups that count changes. The other groups count entities: an offer that was changed ten times is one offer. */
const COUNTS_CHANGES: ReadonlySet<ActivityGroup> = new Set<ActivityGroup>(['guests', 'pictures', 'branding', 'team']);

/** Counts the activities by group, without empty groups. */
export function countGroups(activities: readonly Activity[]): { group: ActivityGroup; count: number }[] {
  return GROUPS.map((group) => {
    const those = activities.filter((activity) => groupOf(activity) === group);
    const entities = new Set(those.map(({ id, entity }) => entity ?? id));
    return { group, count: COUNTS_CHANGES.has(group) ? those.length : entities.size };
  }).filter(({ count }) => count > 0);
}

/** Formats colleagues' changes: `3 changes by colleagues: 2 offers, branding`. */
export function changesText(activities: readonly Activity[]): string {
  const parts = countGroups(activities).map(({ group, count }) => t(`activity-sum-${group}`, { count }));
  return t('activity-changes', { count: activities.length, parts: parts.join(', ') });
}

/** Formats guests' messages and colleagues' changes, guests first. */
export function activityText(activities: readonly Activity[]): string {
  const guests = activities.filter(isOfGuest).length;
  const changes = activities.filter((activity) => !isOfGuest(activity));
  const written = t('activity-sum-guests', { count: guests });
  if (changes.length === 0) return written;
  const colleagues = changesText(changes);
  return guests > 0 ? t('activity-guests-and-colleagues', { guests: written, colleagues }) : colleagues;
}
