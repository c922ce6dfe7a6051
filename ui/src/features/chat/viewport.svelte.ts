// The part of a long list that is drawn. The other rows are space above and below, of measured or estimated height.
//
// The row at the upper edge of the view is the anchor. Its lower end keeps its distance from that edge when rows arrive
// above it and when heights become known. A list at its end stays at its end.
import { rowAt, topsOf } from './tall';

/** The number of rows drawn beyond each edge. */
const BEYOND = 6;
/** The distance from the end at which a list still counts as at its end, in pixels. */
const END = 24;

interface Row {
  key: number;
}

interface Drawn<R> {
  /** The place of the first drawn row. */
  first: number;
  rows: readonly R[];
  /** The height of the space above and below, in pixels. */
  above: number;
  below: number;
}

export class Viewport<R extends Row> {
  /** The height of the view, and of the content above the first row, in pixels. */
  height = $state(0);
  edge = $state(0);
  /** True while the list stays at its end. */
  atEnd = $state(true);

  #rows: () => readonly R[];
  /** The measured heights by key, and a number that grows with each change of them. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- many heights change at once, and `#measured` reports them
  #heights = new Map<number, number>();
  #measured = $state(0);
  /** The row at the upper edge, and the distance of its lower end from that edge. */
  #anchor = $state.raw<{ key: number; distance: number } | null>(null);
  /** The last known position. */
  #position = 0;

  #tops = $derived.by(() => {
    void this.#measured;
    return topsOf(this.#rows(), this.#heights, this.edge);
  });

  /** The position of the upper edge of the view, in pixels from the top of the list. */
  upper = $derived.by(() => {
    if (this.atEnd) return Math.max(0, this.#end - this.height);
    const anchor = this.#anchor;
    const at = anchor ? this.#rows().findIndex(({ key }) => key === anchor.key) : -1;
    return anchor && at >= 0 ? Math.max(0, this.#top(at + 1) - anchor.distance) : this.#position;
  });

  drawn: Drawn<R> = $derived.by(() => {
    const rows = this.#rows();
    const first = Math.max(0, rowAt(this.#tops, this.upper) - BEYOND);
    const last = Math.min(rows.length, rowAt(this.#tops, this.upper + this.height) + 1 + BEYOND);
    return { first, rows: rows.slice(first, last), above: this.#top(first) - this.edge, below: this.#end - this.#top(last) };
  });

  constructor(rows: () => readonly R[]) {
    this.#rows = rows;
  }

  get #end(): number {
    return this.#tops.at(-1) ?? 0;
  }

  #top(index: number): number {
    return this.#tops[index] ?? this.#end;
  }

  /** The number of rows in the view. */
  get page(): number {
    return rowAt(this.#tops, this.upper + this.height) - rowAt(this.#tops, this.upper);
  }

  /** Takes the heights of drawn rows. */
  measure(heights: Iterable<readonly [number, number]>): void {
    let changed = false;
    for (const [key, height] of heights) {
      if (height === 0 || this.#heights.get(key) === height) continue;
      this.#heights.set(key, height);
      changed = true;
    }
    if (changed) this.#measured += 1;
  }

  /** Takes the position that was set by `upper`. */
  arrived(position: number): void {
    this.#position = position;
  }

  /** Takes the position to which a person has scrolled, and the distance of the lower edge from the end. */
  scrolled(position: number, left: number): void {
    const up = position < this.#position - 1;
    this.#position = position;
    // A position that the web view has rounded is not a new one.
    if (Math.abs(position - this.upper) > 1) this.#anchorAt(position);
    // A growing list is not scrolled by the person.
    if (left <= END) this.atEnd = true;
    else if (up) this.atEnd = false;
  }

  /** Scrolls so that a row is in the view. A row that was not there is at this distance from the upper edge. */
  reveal(index: number, distance: number): void {
    const { upper, height } = this;
    const top = this.#top(index);
    const under = this.#top(index + 1) - upper - height;
    if (top >= upper && under <= 0) return;
    this.#anchorAt(top < upper || distance > 0 ? Math.max(0, top - distance) : upper + under);
    this.atEnd = index === this.#rows().length - 1;
  }

  #anchorAt(position: number): void {
    const at = rowAt(this.#tops, position);
    const row = this.#rows()[at];
    this.#anchor = row ? { key: row.key, distance: this.#top(at + 1) - position } : null;
  }
}
