// The content of an editor's draft. The core stores it as a text that only this code reads. It may be from another
// version of this program, so unexpected parts are ignored.
import type { DraftView, FieldEdit, FieldValue, PreparedPicture, Slot } from '../../generated';

/**
 * A text that is not a valid value yet, such as half a date or a number with letters. It has the server's field name.
 */
export interface Unfinished {
  text: string;
  sentence: string;
}

/** The unsaved changes in an editor of fields. */
export interface Memo {
  edits: FieldEdit[];
  unfinished: [string, Unfinished][];
  /** The chosen picture for each place; null removes the picture. */
  pictures: { slot: Slot; picture: PreparedPicture | null }[];
  /** Unfinished third texts of the entity's conflicts. */
  thirds?: [string, FieldValue][];
}

/** A picture to be added to a gallery. */
export interface PictureMemo {
  /** Grows in the order in which the pictures were chosen. */
  place: number;
  name: string;
  caption: string;
  picture: PreparedPicture;
}

/** A draft that is continued. */
export interface Kept {
  draft: DraftView;
  memo: Memo;
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function read(content: string): Json | null {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isValue(value: unknown): boolean {
  return isObject(value) && typeof value['field'] === 'string' && 'value' in value;
}

function isPicture(value: unknown): boolean {
  return isObject(value) && typeof value['hash'] === 'string';
}

/** Returns the content of an editor, or null if it is unreadable. */
export function readMemo(content: string): Memo | null {
  const memo = read(content);
  if (!memo) return null;
  const { edits, unfinished, pictures, thirds = [] } = memo;
  const right =
    Array.isArray(edits) &&
    edits.every((edit) => isObject(edit) && isValue(edit['was']) && isValue(edit['now'])) &&
    Array.isArray(unfinished) &&
    unfinished.every((one) => Array.isArray(one) && typeof one[0] === 'string' && isObject(one[1])) &&
    Array.isArray(thirds) &&
    thirds.every((one) => Array.isArray(one) && typeof one[0] === 'string' && isValue(one[1])) &&
    Array.isArray(pictures) &&
    pictures.every((one) => isObject(one) && (one['picture'] === null || isPicture(one['picture'])));
  return right ? (memo as unknown as Memo) : null;
}

/** Returns a picture for a gallery, or null if it is unreadable. */
export function readPicture(content: string): PictureMemo | null {
  const memo = read(content);
  const right = memo && isPicture(memo['picture']) && typeof memo['caption'] === 'string';
  return right ? (memo as unknown as PictureMemo) : null;
}
