import type { LocalId, SyncMark } from '../generated';

/** A place in a list on the screen. */
export interface InList {
  /** From 0. */
  index: number;
  total: number;
  /** True if the order can be changed now. */
  movable: boolean;
}

/** Returns the attributes of an entity's element in a list, for screen readers and for `HandMoves`. */
export function placed({ local_id, sync }: { local_id: LocalId; sync: SyncMark }, { index, total, movable }: InList) {
  return {
    draggable: movable,
    'aria-setsize': total,
    'aria-posinset': index + 1,
    'data-index': index,
    'data-id': local_id,
    'data-sync': sync,
  };
}
