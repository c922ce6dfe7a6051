import type { Slide } from '../../generated';

/** A slide on the screen. */
export interface Shown {
  slide: Slide;
  /** The address of its decoded picture, or null. */
  picture: string | null;
  /** A number that differs for each appearance. */
  turn: number;
}
