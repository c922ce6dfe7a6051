// An entity that is being dragged over its list, and where it would be put down.
import type { LocalId } from '../generated/LocalId';
import type { Place } from '../generated/Place';

/** What the drag carries, so that files and texts from elsewhere are not taken for one. */
const KIND = 'application/x-hotelmate-thing';

/** Pixels from a list's edge within which a drag scrolls it, and by how much at a time. */
const EDGE = 56;
const NUDGE = 18;

/** A gap between two places of the list: before the one with this number, which is `total` for the end. */
type Gap = number;

class Dragging {
  entity = $state.raw<LocalId | null>(null);
  gap = $state.raw<Gap | null>(null);

  begin(event: DragEvent, entity: LocalId): void {
    if (!event.dataTransfer) return;
    event.dataTransfer.setData(KIND, entity);
    event.dataTransfer.effectAllowed = 'move';
    this.entity = entity;
  }

  /** The pointer is over an entity; `share` tells how far across it, from 0 to 1. False: nothing of ours is dragged. */
  over(event: DragEvent, index: number, share: number): boolean {
    if (this.entity === null || !event.dataTransfer?.types.includes(KIND)) return false;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    this.gap = share < 0.5 ? index : index + 1;
    return true;
  }

  /** Scrolls a list whose edge the pointer has come near to. */
  scroll(event: DragEvent, list: HTMLElement): void {
    if (this.entity === null) return;
    const { top, bottom } = list.getBoundingClientRect();
    if (event.clientY < top + EDGE) list.scrollTop -= NUDGE;
    else if (event.clientY > bottom - EDGE) list.scrollTop += NUDGE;
  }

  end(): void {
    this.entity = null;
    this.gap = null;
  }
}

export const dragging = new Dragging();

/** The place that a gap is, seen from the entities around it; null where nothing would change. */
export function placeInGap(moved: LocalId, gap: Gap, at: (index: number) => LocalId | undefined): Place | null {
  const [before, behind] = [at(gap - 1), at(gap)];
  if (before === moved || behind === moved) return null;
  if (behind !== undefined) return { at: 'before', other: behind };
  return before === undefined ? null : { at: 'after', other: before };
}
