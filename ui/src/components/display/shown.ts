import type { Slide } from '../../generated';

/** A slide on the screen. */
export interface Shown {
  slide: Slide;
  /** The element of its picture, or null. It is in one place only, and gives its picture up with the slide. */
  picture: HTMLImageElement | null;
  /** A number that differs for each appearance. */
  turn: number;
}

/** Returns a new element for the picture at this address. */
export function pictureAt(address: string): HTMLImageElement {
  const picture = new Image();
  picture.alt = '';
  // A picture that is decoded already is on the screen with its slide.
  picture.decoding = 'sync';
  picture.src = address;
  return picture;
}

/** Drops the picture of an element. The web view would keep it until it collects garbage, which may take hours. */
export function drop(picture: HTMLImageElement): void {
  picture.remove();
  picture.removeAttribute('src');
}
