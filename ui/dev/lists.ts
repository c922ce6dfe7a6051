import type { Place } from '../src/generated/Place';

/** The list with a thing put into its place. */
export function putAt<Thing extends { local_id: string }>(rest: Thing[], moved: Thing, place: Place): Thing[] {
  const beside = 'other' in place ? rest.findIndex((thing) => thing.local_id === place.other) : rest.length;
  const at = { first: 0, last: rest.length, before: beside, after: beside + 1 }[place.at];
  return rest.toSpliced(at, 0, moved);
}
