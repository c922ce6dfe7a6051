// The keys that move through a long list.

/** The place in a list: the current entry, the number of entries on a page, and the number of all. */
interface Place {
  here: number;
  page: number;
  count: number;
}

/** Returns the entry to which a key moves, or null for a key that moves nowhere. */
export function entryAfter(key: string, { here, page, count }: Place): number | null {
  const moves: Record<string, number> = {
    ArrowUp: here - 1,
    ArrowDown: here + 1,
    PageUp: here - page,
    PageDown: here + page,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}
