// The commands by which a draft is checked and handed over to the core, for each kind of thing.
import type { DraftId } from '../generated/DraftId';
import type { FieldEdit } from '../generated/FieldEdit';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { LocalId } from '../generated/LocalId';
import type { MediaHash } from '../generated/MediaHash';
import type { OfferContent } from '../generated/OfferContent';
import type { RecordKind } from '../generated/RecordKind';
import type { Slot } from '../generated/Slot';
import { command } from '../platform';

/** `draft`: the draft that goes with what it became. */
export interface Door<Content> {
  check: (content: Content) => Promise<FieldErrors>;
  create: (content: Content, picture: MediaHash | null, draft?: DraftId | null) => Promise<LocalId>;
  edit: (id: LocalId, edits: FieldEdit[], draft?: DraftId | null) => Promise<unknown>;
  setPicture: (id: LocalId, slot: Slot, picture: MediaHash | null, draft?: DraftId | null) => Promise<unknown>;
}

export const offerDoor: Door<OfferContent> = {
  check: (content) => command('validate_offer', { content }),
  create: (content, picture, draft = null) => command('create_offer', { content, picture, draft }),
  edit: (id, edits, draft = null) => command('edit_offer', { id, edits, draft }),
  setPicture: (id, _slot, picture, draft = null) => command('set_picture', { id, picture, draft }),
};

/** There is one branding, which is never made here: only room types are created. */
export function recordDoor(kind: RecordKind): Door<Fields> {
  return {
    check: (fields) => command('validate_record', { kind, fields }),
    create: (fields, picture, draft = null) => command('create_room_type', { fields, picture, draft }),
    edit: (id, edits, draft = null) => command('edit_record', { id, edits, draft }),
    setPicture: (id, slot, picture, draft = null) => command('set_record_picture', { id, slot, picture, draft }),
  };
}
