// The rotation: which slide is on the screen. The next picture is decoded before it is shown, so the screen is never
// empty. A slide whose picture cannot be decoded is skipped and reported.
import { drop, pictureAt, type Shown } from '../../components/display/shown';
import type { DeskError, DisplayView, MediaHash, Slide } from '../../generated';
import { speak } from '../../messages';
import { asFailure, command } from '../../platform/commands';
import { mediaUrl } from '../../platform/media';

/** The longest time for which a picture may be decoded. */
const DECODING = 10_000;
/** The time after which slides that all cannot be shown are tried again, and a view that cannot be read. */
const AGAIN = 10_000;
/** The time for which a removed slide may still be on the screen, until the next one is decoded. */
const AT_ONCE = 300;
/** The time beyond a slide's own after which the rotation counts as standing still. */
const STILL = 60_000;

export class Rotation {
  view = $state.raw<DisplayView | null>(null);
  shown = $state.raw<Shown | null>(null);
  /** The reason why the view cannot be read. */
  failure = $state.raw<DeskError | null>(null);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** The time until which the present step may last. */
  #due = performance.now() + STILL;
  /** The number of the running step: a later one replaces it. */
  #step = 0;
  #reading = false;
  #readAgain = false;

  /** Reads the view. Calls during a read lead to one more. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    try {
      const view = await command('display_view');
      this.failure = null;
      await this.#take(view);
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.#wait(AGAIN, () => void this.read());
    } finally {
      this.#reading = false;
      if (this.#readAgain) {
        this.#readAgain = false;
        void this.read();
      }
    }
  }

  /** Returns false if no step came when it was due. */
  isAlive(): boolean {
    return performance.now() < this.#due;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#step += 1;
  }

  async #take(view: DisplayView): Promise<void> {
    this.view = view;
    speak(view.language, view.locale);
    const current = this.shown;
    const same = current && view.slides.find(({ key }) => key === current.slide.key);
    if (!same) {
      this.#takeAway(current?.turn);
      return this.#next();
    }
    if (same.picture === current.slide.picture) {
      this.shown = { ...current, slide: same };
      return;
    }
    await this.#show([same], false);
  }

  /** What became inactive or was removed goes at once, also if the next picture takes its time. */
  #takeAway(turn: number | undefined): void {
    if (turn === undefined) return;
    setTimeout(() => {
      if (this.shown?.turn === turn) this.shown = null;
    }, AT_ONCE);
  }

  async #next(): Promise<void> {
    const slides = this.view?.slides ?? [];
    const at = slides.findIndex(({ key }) => key === this.shown?.slide.key);
    // After the present slide, or after the place at which a removed one was.
    const from = at >= 0 ? at + 1 : this.#place;
    await this.#show([...slides.slice(from), ...slides.slice(0, from)], true);
  }

  /** The place of the present slide in the view in which it was shown. */
  #place = 0;

  /** Shows the first of these slides that can be shown. */
  async #show(candidates: Slide[], anew: boolean): Promise<void> {
    const step = ++this.#step;
    clearTimeout(this.#timer);
    this.#due = performance.now() + STILL + DECODING;
    for (const slide of candidates) {
      // The only slide of a display follows itself, and keeps its picture.
      const kept = slide.picture === this.shown?.slide.picture && slide.key === this.shown?.slide.key;
      const picture = kept ? this.shown?.picture ?? null : await this.#decoded(slide.picture);
      if (step !== this.#step) {
        if (picture) drop(picture);
        return;
      }
      if (slide.picture && !picture) {
        await command('display_broken', { key: slide.key }).catch(() => undefined);
        if (step !== this.#step) return;
        continue;
      }
      if (anew && slide.key !== this.shown?.slide.key) this.#turn += 1;
      this.shown = { slide, picture, turn: this.#turn };
      this.#place = Math.max(0, this.view?.slides.findIndex(({ key }) => key === slide.key) ?? 0);
      this.#wait(slide.seconds * 1000, () => void this.#next());
      await command('display_shown', { key: slide.key }).catch(() => undefined);
      return;
    }
    if (this.view?.slides.length === 0) {
      // A change of the view goes on from here.
      this.shown = null;
      this.#due = Infinity;
    } else {
      this.#wait(AGAIN, () => void this.#next());
    }
    await command('display_shown', { key: this.shown?.slide.key ?? null }).catch(() => undefined);
  }

  /** Returns the element of a decoded picture, or null if there is none, or if it cannot be decoded in time. */
  async #decoded(hash: MediaHash | null): Promise<HTMLImageElement | null> {
    if (hash === null) return null;
    const picture = pictureAt(mediaUrl(hash));
    const late = new Promise<boolean>((give) => setTimeout(() => give(false), DECODING));
    const decoded = picture.decode().then(
      () => true,
      () => false,
    );
    if (await Promise.race([decoded, late])) return picture;
    drop(picture);
    return null;
  }

  #wait(milliseconds: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#due = performance.now() + milliseconds + STILL;
    this.#timer = setTimeout(then, milliseconds);
  }
}
