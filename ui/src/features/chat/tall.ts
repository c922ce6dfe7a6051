// The layout of a long list of which only the visible rows are drawn: their places, from measured or estimated heights.

/** The height of a row that was never drawn, in pixels. */
const ESTIMATE = 48;

/** Returns the top of each row, and behind them the end of the list. */
export function topsOf(keys: readonly { key: number }[], heights: ReadonlyMap<number, number>, start: number): Float64Array {
  const tops = new Float64Array(keys.length + 1);
  tops[0] = start;
  let top = start;
  for (const [index, { key }] of keys.entries()) {
    top += heights.get(key) ?? ESTIMATE;
    tops[index + 1] = top;
  }
  return tops;
}

/** Returns the row at a distance from the top; the first or the last one beyond the ends. */
export function rowAt(tops: Float64Array, distance: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}
