// Turns a chosen file into a picture for the upload, with progress and a way to stop.
//
// One `Preparation` belongs to one place for a picture (a field, a dialog). While it runs, `share` is not null: show a
// `PrepareBar`. The file of a result is kept as long as the result is referenced (`originalOf`), so it can be edited
// again with all its pixels.
import type { PreparedPicture, PrepareOptions } from '../../generated';
import { t } from '../../messages';
import { asFailure, DeskFailure, preparePicture } from '../../platform';

/** The core refuses larger files. The check here avoids reading them. */
const MOST_BYTES = 60 * 1024 * 1024;

/** Neither turned nor cropped. */
export const AS_IT_IS: PrepareOptions = { turn: 'none', crop: null };

/** The file and the options of a prepared picture. */
export interface Original {
  file: File;
  options: PrepareOptions;
}

const originals = new WeakMap<PreparedPicture, Original>();

/** Returns the original of a picture, or null if it is no longer available. */
export function originalOf(picture: PreparedPicture | null | undefined): Original | null {
  return (picture && originals.get(picture)) ?? null;
}

export class Preparation {
  /** The finished share, from 0 to 1; null if no preparation runs. */
  share = $state<number | null>(null);
  #running: AbortController | null = null;

  /**
   * Prepares a file and stores the picture in the core's cache. Resolves with null if it was cancelled or replaced by a
   * newer file. Rejects with a `DeskFailure` that says why the file cannot be used.
   */
  async run(file: File, options: PrepareOptions = AS_IT_IS): Promise<PreparedPicture | null> {
    this.cancel();
    const mine = new AbortController();
    this.#running = mine;
    this.share = 0;
    try {
      const bytes = await bytesOf(file);
      if (mine.signal.aborted) return null;
      const prepared = await preparePicture(bytes, options, {
        signal: mine.signal,
        onprogress: (share) => {
          if (this.#running === mine) this.share = share;
        },
      });
      originals.set(prepared, { file, options });
      return prepared;
    } catch (thrown) {
      if (mine.signal.aborted) return null;
      const failure = asFailure(thrown);
      if (failure.code === 'cancelled') return null;
      throw failure;
    } finally {
      if (this.#running === mine) this.#end();
    }
  }

  /** Stops the running preparation without a result. */
  cancel(): void {
    this.#running?.abort();
    this.#end();
  }

  #end(): void {
    this.#running = null;
    this.share = null;
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw unusable(t('picture-too-big'), t('picture-too-big-hint'));
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw unusable(t('picture-unreadable'), t('picture-unreadable-hint'));
  }
}

function unusable(message: string, way_out: string): DeskFailure {
  return new DeskFailure({ code: 'bad_picture', message, way_out, fields: {} });
}
