import type { Place } from '../src/generated';

/** Returns the list with an entity inserted at its place. */
export function putAt<Entity extends { local_id: string }>(rest: Entity[], moved: Entity, place: Place): Entity[] {
  const beside = 'other' in place ? rest.findIndex((entity) => entity.local_id === place.other) : rest.length;
  const at = { first: 0, last: rest.length, before: beside, after: beside + 1 }[place.at];
  return rest.toSpliced(at, 0, moved);
}
