// The one door to the core. What there is to ask is generated from the shell's table of commands; a screen that asks
// for anything else does not compile.
import { invoke } from '@tauri-apps/api/core';

import type {
  Commands, DeskError, ErrorCode, FieldErrors, Nothing, PictureJob, PreparedPicture, PrepareOptions,
} from '../generated';
import { onChange } from './changes';

/** A `DeskError` that can be thrown. `message` is the plain sentence, `way_out` what to do now. */
export class DeskFailure extends Error implements DeskError {
  readonly code: ErrorCode;
  readonly way_out: string;
  readonly fields: FieldErrors;

  constructor(error: DeskError) {
    super(error.message);
    this.name = 'DeskFailure';
    this.code = error.code;
    this.way_out = error.way_out;
    this.fields = error.fields;
  }
}

function isDeskError(thrown: unknown): thrown is DeskError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'way_out' in thrown;
}

/** Whatever was thrown, as a failure with a sentence. A bridge that breaks throws plain strings. */
export function asFailure(thrown: unknown): DeskFailure {
  if (thrown instanceof DeskFailure) return thrown;
  if (isDeskError(thrown)) return new DeskFailure(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DeskFailure({ code: 'unexpected', message, way_out: '', fields: {} });
}

/** Runs a command of the core. Rejects with a `DeskFailure`, never with anything else. */
export async function command<Name extends keyof Commands>(
  name: Name,
  ...takes: Commands[Name]['takes'] extends Nothing ? [] : [Commands[Name]['takes']]
): Promise<Commands[Name]['gives']> {
  try {
    return await invoke<Commands[Name]['gives']>(name, takes[0]);
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

/** The header that carries a `PictureJob`; its name stands in the core, too (`PictureJob::HEADER`). */
const PICTURE_JOB = 'picture-job';

/** So many pictures have been handed over since the window was loaded. */
let jobs = 0;

/** How a preparation is watched and stopped. */
export interface Watch {
  /** Stops it: the promise rejects at once, with the code `cancelled`. */
  signal: AbortSignal;
  /** How much is done, from 0 to 1; up to ten times a second. */
  onprogress: (share: number) => void;
}

/**
 * Hands the bytes of a picture over as they are: as JSON they would be four times as big. What shall be done to it
 * goes beside them, in a header.
 */
export async function preparePicture(
  bytes: Uint8Array,
  options: PrepareOptions,
  { signal, onprogress }: Watch,
): Promise<PreparedPicture> {
  // The time keeps the jobs of a window that was loaded anew apart from those of before.
  const job = `${Date.now()}-${++jobs}`;
  const wanted: PictureJob = { job, options };
  const deaf = onChange((change) => {
    if (change.topic === 'preparing' && change.job === job) onprogress(change.done / 1000);
  });
  let onabort = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onabort = () => {
      // A job that has not begun or has ended already is not there to be stopped; nobody waits for it any more.
      command('cancel_picture', { job }).catch(() => undefined);
      reject(new DeskFailure({ code: 'cancelled', message: '', way_out: '', fields: {} }));
    };
    signal.addEventListener('abort', onabort, { once: true });
  });
  try {
    const headers = { [PICTURE_JOB]: JSON.stringify(wanted) };
    return await Promise.race([invoke<PreparedPicture>('prepare_picture', bytes, { headers }), stopped]);
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    signal.removeEventListener('abort', onabort);
    deaf();
  }
}
