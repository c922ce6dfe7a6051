// The commands by which a draft is checked and handed over to the core, for each kind of thing.
import type { FieldEdit } from '../generated/FieldEdit';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { LocalId } from '../generated/LocalId';
import type { MediaHash } from '../generated/MediaHash';
import type { OfferContent } from '../generated/OfferContent';
import type { RecordKind } from '../generated/RecordKind';
import type { Slot } from '../generated/Slot';
import { command } from '../platform';

export interface Door<Content> {
  check: (content: Content) => Promise<FieldErrors>;
  create: (content: Content, picture: MediaHash | null) => Promise<LocalId>;
  edit: (id: LocalId, edits: FieldEdit[]) => Promise<unknown>;
  setPicture: (id: LocalId, slot: Slot, picture: MediaHash | null) => Promise<unknown>;
}

export const offerDoor: Door<OfferContent> = {
  check: (content) => command('validate_offer', { content }),
  create: (content, picture) => command('create_offer', { content, picture }),
  edit: (id, edits) => command('edit_offer', { id, edits }),
  setPicture: (id, _slot, picture) => command('set_picture', { id, picture }),
};

/** There is one branding, which is never made here: only room types are created. */
export function recordDoor(kind: RecordKind): Door<Fields> {
  return {
    check: (fields) => command('validate_record', { kind, fields }),
    create: (fields, picture) => command('create_room_type', { fields, picture }),
    edit: (id, edits) => command('edit_record', { id, edits }),
    setPicture: (id, slot, picture) => command('set_record_picture', { id, slot, picture }),
  };
}
