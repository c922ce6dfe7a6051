// The only access to the core. The list of commands is generated from the shell's table, so a screen that calls any
// other command does not compile.
import { invoke } from '@tauri-apps/api/core';

import type {
  Commands, DeskError, ErrorCode, FieldErrors, FileMessage, Nothing, PictureJob, PreparedPicture, PrepareOptions,
} from '../generated';
import { onChange } from './changes';

/** A `DeskError` that can be thrown. `message` is the plain sentence, and `way_out` is the suggested action. */
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

/** Converts any thrown value to a failure with a sentence. A broken bridge throws plain strings. */
export function asFailure(thrown: unknown): DeskFailure {
  if (thrown instanceof DeskFailure) return thrown;
  if (isDeskError(thrown)) return new DeskFailure(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DeskFailure({ code: 'unexpected', message, way_out: '', fields: {} });
}

/** Runs a command of the core. It rejects only with a `DeskFailure`. */
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

/** The header that contains a `PictureJob`. The core has the same name (`PictureJob::HEADER`). */
const PICTURE_JOB = 'picture-job';

/** The number of pictures sent to the core since the window was loaded. */
let jobs = 0;

/** The callbacks that watch and stop a preparation. */
export interface Watch {
  /** Stops it: the promise rejects at once, with the code `cancelled`. */
  signal: AbortSignal;
  /** Receives the finished share, from 0 to 1, up to ten times a second. */
  onprogress: (share: number) => void;
}

/**
 * Sends the bytes of a picture unchanged, because JSON would need four times as many. A header contains the options.
 */
export async function preparePicture(
  bytes: Uint8Array,
  options: PrepareOptions,
  { signal, onprogress }: Watch,
): Promise<PreparedPicture> {
  // The time distinguishes the jobs of a reloaded window from earlier ones.
  const job = `${Date.now()}-${++jobs}`;
  const wanted: PictureJob = { job, options };
  const deaf = onChange((change) => {
    if (change.topic === 'preparing' && change.job === job) onprogress(change.done / 1000);
  });
  let onabort = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onabort = () => {
      // A job that has not begun or has already ended cannot be stopped, and its result is no longer used.
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

/** Queues a message with a file. The call is one block of bytes: the message as JSON in one line, and the file. */
export async function sayWithFile(message: FileMessage, file: Blob): Promise<void> {
  try {
    const body = new Blob([JSON.stringify(message), '\n', file]);
    await invoke('say_with_file', new Uint8Array(await body.arrayBuffer()));
  } catch (thrown) {
    throw asFailure(thrown);
  }
}
