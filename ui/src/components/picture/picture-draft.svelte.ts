import type { DeskError, PreparedPicture } from '../../generated';
import { asFailure } from '../../platform';
import { Preparation } from './preparation.svelte';

/** A chosen or removed picture that is not saved yet. */
export class PictureDraft {
  /** A new picture, or null to remove it; undefined leaves it unchanged. */
  picture = $state.raw<PreparedPicture | null | undefined>(undefined);
  /** The running preparation; it resolves to true on success. Saving waits for it. */
  preparing = $state.raw<Promise<boolean> | null>(null);
  /** The reason why the last chosen file cannot be used. */
  error = $state.raw<DeskError | null>(null);
  /** The preparation continues while another screen is shown. */
  readonly preparation = new Preparation();

  get dirty(): boolean {
    return this.picture !== undefined || this.preparing !== null;
  }

  /** Prepares a chosen file. A later file or a call of `put` replaces it. */
  async take(file: File): Promise<void> {
    this.error = null;
    const mine = this.#prepare(file);
    this.preparing = mine;
    await mine;
    if (this.preparing === mine) this.preparing = null;
  }

  /** Sets the picture, and stops a running preparation. */
  put(picture: PreparedPicture | null | undefined): void {
    this.preparation.cancel();
    this.preparing = null;
    this.error = null;
    this.picture = picture;
  }

  forget(): void {
    this.put(undefined);
  }

  /** Returns true if nothing prevents a save, which includes a stopped preparation and one replaced by another file. */
  async #prepare(file: File): Promise<boolean> {
    try {
      const prepared = await this.preparation.run(file);
      if (prepared) this.picture = prepared;
      return true;
    } catch (thrown) {
      this.error = asFailure(thrown);
      return false;
    }
  }
}
