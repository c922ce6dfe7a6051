// The kinds of facts as a person speaks of them: for filters, and for a message that sums many up.
import type { Fact } from '../generated/Fact';
import type { FactKind } from '../generated/FactKind';
import { t } from '../messages';

export type FactGroup = 'guests' | 'offers' | 'pictures' | 'rooms' | 'branding' | 'team';

const GROUP_OF: Record<FactKind, FactGroup> = {
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
export const GROUPS: readonly FactGroup[] = ['guests', 'offers', 'pictures', 'rooms', 'branding', 'team'];

export function groupOf(fact: Fact): FactGroup {
  return GROUP_OF[fact.kind];
}

/** A guest wrote it, and waits for an answer. */
export function isOfGuest(fact: Fact): boolean {
  return groupOf(fact) === 'guests';
}

/** The kinds in these groups; none for no group. */
export function kindsOf(groups: readonly FactGroup[]): FactKind[] {
  return (Object.keys(GROUP_OF) as FactKind[]).filter((kind) => groups.includes(GROUP_OF[kind]));
}

/** Groups of which the things count: an offer that was changed ten times is one offer. Of the others, each change does. */
const COUNTS_THINGS: ReadonlySet<FactGroup> = new Set<FactGroup>(['offers', 'rooms']);

/** How much they are about, by group; groups without any are left out. */
export function countGroups(facts: readonly Fact[]): { group: FactGroup; count: number }[] {
  return GROUPS.map((group) => {
    const those = facts.filter((fact) => groupOf(fact) === group);
    const things = new Set(those.map(({ id, thing }) => thing ?? id));
    return { group, count: COUNTS_THINGS.has(group) ? things.size : those.length };
  }).filter(({ count }) => count > 0);
}

/** What these changes by colleagues are about: `3 changes by colleagues: 2 offers, branding`. */
export function changesText(facts: readonly Fact[]): string {
  const parts = countGroups(facts).map(({ group, count }) => t(`activity-sum-${group}`, { count }));
  return t('activity-changes', { count: facts.length, parts: parts.join(', ') });
}

/** The same for what guests wrote and colleagues changed: guests come first. */
export function activityText(facts: readonly Fact[]): string {
  const guests = facts.filter(isOfGuest).length;
  const changes = facts.filter((fact) => !isOfGuest(fact));
  const written = t('activity-sum-guests', { count: guests });
  if (changes.length === 0) return written;
  const colleagues = changesText(changes);
  return guests > 0 ? t('activity-guests-and-colleagues', { guests: written, colleagues }) : colleagues;
}
