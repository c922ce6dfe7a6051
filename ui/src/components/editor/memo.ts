// What a draft keeps of an editor. The core holds it as a text that nobody else reads, and may give back one of another
// version of this program: what is not as expected is not taken.
import type { DraftView, FieldEdit, FieldValue, PreparedPicture, Slot } from '../../generated';

/** A text that cannot be a value yet: half a date, a number with letters. By the server's field name. */
export interface Unfinished {
  text: string;
  sentence: string;
}

/** What is unsaved in an editor of fields. */
export interface Memo {
  edits: FieldEdit[];
  unfinished: [string, Unfinished][];
  /** What was chosen for each place; null takes the picture off. */
  pictures: { slot: Slot; picture: PreparedPicture | null }[];
  /** Third texts that were being written where the entity clashes. */
  thirds?: [string, FieldValue][];
}

/** A picture that shall come into a gallery. */
export interface PictureMemo {
  /** Grows with the order in which they were chosen. */
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

/** What stood in an editor; null where it cannot be read. */
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

/** A picture for a gallery; null where it cannot be read. */
export function readPicture(content: string): PictureMemo | null {
  const memo = read(content);
  const right = memo && isPicture(memo['picture']) && typeof memo['caption'] === 'string';
  return right ? (memo as unknown as PictureMemo) : null;
}
