// A file that a person chose becomes a picture that can be put somewhere.
import type { PreparedPicture } from '../generated/PreparedPicture';
import { t } from '../messages';
import { asFailure, preparePicture } from '../platform';

/** Larger files are refused by the core; here it saves reading them. */
const MOST_BYTES = 60 * 1024 * 1024;

/** Prepares a file as it is. Rejects with a `DeskFailure`. A person's turning and cutting belongs here, before it. */
export async function prepareFile(file: File): Promise<PreparedPicture> {
  if (file.size > MOST_BYTES) throw bad(t.editor.tooBig, t.editor.tooBigWayOut);
  return preparePicture(await bytesOf(file));
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw bad(t.editor.unreadable, t.editor.unreadableWayOut);
  }
}

function bad(message: string, way_out: string) {
  return asFailure({ code: 'bad_picture', message, way_out, fields: {} });
}
