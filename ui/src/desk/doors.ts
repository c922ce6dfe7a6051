// The commands by which a draft is checked and handed over to the core.
import type { DraftId } from '../generated/DraftId';
import type { FieldEdit } from '../generated/FieldEdit';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import type { MediaHash } from '../generated/MediaHash';
import type { Slot } from '../generated/Slot';
import { command } from '../platform';

/** `draft`: the draft that goes with what it became. */
export interface Door {
  check: (fields: Fields) => Promise<FieldErrors>;
  create: (fields: Fields, picture: MediaHash | null, draft?: DraftId | null) => Promise<LocalId>;
  edit: (id: LocalId, edits: FieldEdit[], draft?: DraftId | null) => Promise<unknown>;
  setPicture: (id: LocalId, slot: Slot, picture: MediaHash | null, draft?: DraftId | null) => Promise<unknown>;
}

export function doorTo(kind: Kind): Door {
  return {
    check: (fields) => command('check', { kind, fields }),
    create: (fields, picture, draft = null) => command('create', { kind, fields, picture, draft }),
    edit: (id, edits, draft = null) => command('edit', { id, edits, draft }),
    setPicture: (id, slot, picture, draft = null) => command('set_picture', { id, slot, picture, draft }),
  };
}
