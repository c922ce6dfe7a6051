import type { DeskError, PreparedPicture } from '../../generated';
import { asFailure } from '../../platform';
import { Preparation } from './preparation.svelte';

/** A picture that was chosen, or taken off, and is not saved yet. */
export class PictureDraft {
  /** A new picture, or null to remove it; undefined leaves it as it is. */
  picture = $state.raw<PreparedPicture | null | undefined>(undefined);
  /** A picture that is being prepared: true when it came out well. Saving waits for it. */
  preparing = $state.raw<Promise<boolean> | null>(null);
  /** Why the file that was chosen last cannot be used. */
  error = $state.raw<DeskError | null>(null);
  /** It goes on while another screen is looked at. */
  readonly preparation = new Preparation();

  get dirty(): boolean {
    return this.picture !== undefined || this.preparing !== null;
  }

  /** Prepares a file that the person chose. A file that is chosen later, and `put`, overtake it. */
  async take(file: File): Promise<void> {
    this.error = null;
    const mine = this.#prepare(file);
    this.preparing = mine;
    await mine;
    if (this.preparing === mine) this.preparing = null;
  }

  /** Sets what shall be there; what is still being prepared is stopped. */
  put(picture: PreparedPicture | null | undefined): void {
    this.preparation.cancel();
    this.preparing = null;
    this.error = null;
    this.picture = picture;
  }

  forget(): void {
    this.put(undefined);
  }

  /** True when nothing stands against saving: also when the person stopped it, or chose another file meanwhile. */
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
