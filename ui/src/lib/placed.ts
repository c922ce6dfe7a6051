import type { LocalId, SyncMark } from '../generated';

/** A place in a list on the screen. */
export interface InList {
  /** From 0. */
  index: number;
  total: number;
  /** The order can be changed now. */
  movable: boolean;
}

/** What the element of an entity in a list has, for those who hear it and for what moves it (`HandMoves`). */
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
