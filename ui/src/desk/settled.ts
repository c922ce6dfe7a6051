// What was chosen in a clash, and all that could have been. It stays at hand until the editor is closed: choosing
// loses nothing.
import type { ConflictView } from '../generated/ConflictView';
import type { FieldValue } from '../generated/FieldValue';
import type { Resolution } from '../generated/Resolution';

export type Side = Resolution['choice'];

export interface Settled {
  choice: Side;
  clash: ConflictView;
  /** The third text, where one was written. */
  third: FieldValue | null;
}

/** The sides that were not chosen. */
export function otherSides(settled: Settled): Side[] {
  const all: Side[] = settled.third ? ['mine', 'theirs', 'edit'] : ['mine', 'theirs'];
  return all.filter((side) => side !== settled.choice);
}

/** What a side says about its field; null for a picture. */
export function valueOf(settled: Settled, side: Side): FieldValue | null {
  return side === 'edit' ? settled.third : settled.clash[side];
}
