// The one door to the core. Every command is named here once, with what it takes and what it gives;
// a screen that asks for anything else does not compile.
import { invoke } from '@tauri-apps/api/core';

import type { Capabilities } from '../generated/Capabilities';
import type { DeskError } from '../generated/DeskError';
import type { DeskStatus } from '../generated/DeskStatus';
import type { Diagnosis } from '../generated/Diagnosis';
import type { Draft } from '../generated/Draft';
import type { DraftId } from '../generated/DraftId';
import type { DraftView } from '../generated/DraftView';
import type { DutyView } from '../generated/DutyView';
import type { ErrorCode } from '../generated/ErrorCode';
import type { EventLog } from '../generated/EventLog';
import type { ExportedFile } from '../generated/ExportedFile';
import type { ActivityList } from '../generated/ActivityList';
import type { ActivityQuery } from '../generated/ActivityQuery';
import type { Field } from '../generated/Field';
import type { FieldEdit } from '../generated/FieldEdit';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { GalleriesView } from '../generated/GalleriesView';
import type { IntentId } from '../generated/IntentId';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import type { LogLevel } from '../generated/LogLevel';
import type { MediaHash } from '../generated/MediaHash';
import type { NewImage } from '../generated/NewImage';
import type { NotificationView } from '../generated/NotificationView';
import type { OfferDetail } from '../generated/OfferDetail';
import type { OfferList } from '../generated/OfferList';
import type { OfferQuery } from '../generated/OfferQuery';
import type { OutboxView } from '../generated/OutboxView';
import type { PictureJob } from '../generated/PictureJob';
import type { Place } from '../generated/Place';
import type { PreparedPicture } from '../generated/PreparedPicture';
import type { PrepareOptions } from '../generated/PrepareOptions';
import type { RecordDetail } from '../generated/RecordDetail';
import type { Resolution } from '../generated/Resolution';
import type { RecordList } from '../generated/RecordList';
import type { Table } from '../generated/Table';
import type { SendReport } from '../generated/SendReport';
import type { ServerId } from '../generated/ServerId';
import type { SessionView } from '../generated/SessionView';
import type { SignInHints } from '../generated/SignInHints';
import type { SignOutChoice } from '../generated/SignOutChoice';
import type { Slot } from '../generated/Slot';
import { onChange } from './changes';

type Nothing = Record<string, never>;

/** The draft in which it was typed: it goes with the intent that it became. */
type From = Partial<Record<'draft', DraftId | null>>;

/** What each command takes and what it gives. */
interface Commands {
  session: { takes: Nothing; gives: SessionView | null };
  sign_in_hints: { takes: Nothing; gives: SignInHints };
  sign_in: { takes: { server: string; username: string; password: string }; gives: SessionView };
  sign_in_again: { takes: { password: string }; gives: null };
  sign_out: { takes: { choice: SignOutChoice }; gives: null };
  send_now: { takes: Nothing; gives: SendReport };
  status: { takes: Nothing; gives: DeskStatus };
  try_now: { takes: Nothing; gives: null };
  accept_absences: { takes: Nothing; gives: null };
  capabilities: { takes: Nothing; gives: Capabilities };
  offers: { takes: { query: OfferQuery }; gives: OfferList };
  offer: { takes: { id: LocalId }; gives: OfferDetail };
  sanitise_html: { takes: { html: string }; gives: string };
  cancel_picture: { takes: { job: string }; gives: null };
  cancel_upload: { takes: { entity: LocalId }; gives: null };
  record_table: { takes: { kind: Kind }; gives: Table };
  check: { takes: { kind: Kind; fields: Fields }; gives: FieldErrors };
  records: { takes: { kind: Kind }; gives: RecordList };
  branding: { takes: Nothing; gives: RecordDetail | null };
  record: { takes: { id: LocalId }; gives: RecordDetail };
  create: { takes: { kind: Kind; fields: Fields; picture: MediaHash | null } & From; gives: LocalId };
  edit: { takes: { id: LocalId; edits: FieldEdit[] } & From; gives: null };
  set_picture: { takes: { id: LocalId; slot: Slot; picture: MediaHash | null } & From; gives: null };
  move_to: { takes: { id: LocalId; to: Place }; gives: null };
  delete_entity: { takes: { id: LocalId }; gives: null };
  undo_delete: { takes: { id: LocalId }; gives: null };
  galleries: { takes: Nothing; gives: GalleriesView };
  add_images: {
    takes: { gallery: LocalId; images: NewImage[]; after: LocalId | null } & From;
    gives: null;
  };
  move_image: { takes: { gallery: LocalId; image: LocalId; to: Place }; gives: null };
  remove_image: { takes: { gallery: LocalId; image: LocalId }; gives: null };
  undo_remove_image: { takes: { gallery: LocalId; image: LocalId }; gives: null };
  put_back: { takes: { activity: number }; gives: null };
  drafts: { takes: Nothing; gives: DraftView[] };
  save_draft: { takes: { draft: Draft }; gives: null };
  discard_draft: { takes: { id: DraftId }; gives: null };
  outbox: { takes: Nothing; gives: OutboxView };
  retry_intent: { takes: { id: IntentId }; gives: null };
  discard_intent: { takes: { id: IntentId }; gives: null };
  discard_doubtful: { takes: { id: IntentId }; gives: null };
  send_again: { takes: { id: IntentId }; gives: null };
  adopt_intent: { takes: { id: IntentId; number: ServerId }; gives: null };
  export_outbox: { takes: { id: IntentId | null }; gives: ExportedFile };
  resolve_conflict: {
    takes: { id: IntentId; field: Field | null; resolution: Resolution };
    gives: null;
  };
  duty: { takes: Nothing; gives: DutyView };
  intend_duty: { takes: { on: boolean }; gives: null };
  cancel_duty_intent: { takes: Nothing; gives: null };
  dismiss_duty_notice: { takes: Nothing; gives: null };
  activities: { takes: { query: ActivityQuery }; gives: ActivityList };
  mark_activities_seen: { takes: { upto: number }; gives: null };
  notification_settings: { takes: Nothing; gives: NotificationView };
  set_quiet: { takes: { minutes: number | null }; gives: null };
  set_sounds: { takes: { on: boolean }; gives: null };
  diagnosis: { takes: Nothing; gives: Diagnosis };
  run_checks: { takes: Nothing; gives: null };
  event_log: { takes: { after: number }; gives: EventLog };
  reveal_event: { takes: { seq: number }; gives: string };
  note_shown: { takes: { seq: number }; gives: null };
  set_log_level: { takes: { level: LogLevel }; gives: null };
  support_file: { takes: Nothing; gives: ExportedFile };
}

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
