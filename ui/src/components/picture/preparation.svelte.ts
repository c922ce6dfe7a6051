// From a file that a person chose to a picture that can be uploaded, with a way to watch and to stop it.
//
// One `Preparation` belongs to one place for a picture (a field, a dialog). While it runs, `share` is not null:
// show a `PrepareBar`. What came out remembers its file for as long as somebody holds it (`originalOf`), so that it
// can be edited again from all the pixels.
import type { PreparedPicture, PrepareOptions } from '../../generated';
import { t } from '../../messages';
import { asFailure, DeskFailure, preparePicture } from '../../platform';

/** Larger files are refused by the core; here it saves reading them. */
const MOST_BYTES = 60 * 1024 * 1024;

/** Neither turned nor cut. */
export const AS_IT_IS: PrepareOptions = { turn: 'none', crop: null };

/** What a prepared picture was made from, and how. */
export interface Original {
  file: File;
  options: PrepareOptions;
}

const originals = new WeakMap<PreparedPicture, Original>();

/** What this picture was made from; null when that is not at hand any more. */
export function originalOf(picture: PreparedPicture | null | undefined): Original | null {
  return (picture && originals.get(picture)) ?? null;
}

export class Preparation {
  /** How much is done, from 0 to 1; null while nothing is being prepared. */
  share = $state<number | null>(null);
  #running: AbortController | null = null;

  /**
   * Prepares a file and keeps the picture in the core's cache. Resolves with null when it was cancelled, or
   * overtaken by a newer file. Rejects with a `DeskFailure` that says why the file cannot be used.
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

  /** Stops what runs; nothing changes then. */
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
