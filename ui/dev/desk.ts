// A fake desk with its data in arrays. It replaces the core and answers every command of the platform, so the real
// window can be tested, and viewed in a browser, without the program.
import { emit } from '@tauri-apps/api/event';
import { mockConvertFileSrc, mockIPC } from '@tauri-apps/api/mocks';

import type {
  Activity, Capabilities, Change, Commands, ConflictView, DeskError, DeskStatus, Diagnosis, DraftView, DutyView,
  EventEntry, Fields, GalleryView, HandoverView, ImportPlan, NotificationView, OfferState, OutboxItem, PeopleView, PreparedPicture,
  RecordView, SessionView,
  TeamView,
} from '../src/generated';
import { daysOf } from '../src/lib/fields';
import { activityAnswers, activityOf } from './activities';
import { bulkAnswers } from './bulk';
import { chatAnswers, PretendChat } from './chat';
import { diagnosisOf, diagnosticsAnswers } from './diagnostics';
import { displayAnswers } from './display';
import { galleryAnswers } from './galleries';
import { putAt } from './lists';
import { listOf } from './offers';
import { brandingOf, recordAnswers } from './records';
import { settingsAnswers, settingsOf } from './settings';

export const TODAY = '2026-11-21';
const NOW = `${TODAY}T14:02:00Z`;
const CAN = { read: true, write: true, reason: null };

/** The properties of an offer: its fields by the server's names, its picture, and the desk's own data. */
export type OfferPart = Partial<Pick<RecordView, 'local_id' | 'id' | 'sync' | 'created_at'>> & {
  title?: string | undefined;
  short_description?: string | undefined;
  details_text?: string;
  details_html?: string;
  valid_from?: string | null;
  valid_to?: string | null;
  tag?: string;
  book_now_url?: string;
  sort_order?: number;
  is_active?: boolean;
  picture?: string | null;
  photo_url?: string | null;
};

const OFFER: RecordView = {
  kind: 'offer',
  local_id: '',
  id: 1,
  fields: {
    title: 'Winter weekend',
    short_description: 'Two nights with breakfast',
    details_text: '',
    details_html: '',
    validity: { from: null, to: null },
    tag: '',
    book_now_url: '',
    sort_order: 0,
    is_active: true,
  },
  pictures: { photo: { picture: null, url: null, waiting: false } },
  shown: {},
  created_at: '2026-10-01T09:00:00Z',
  state: 'live',
  sync: 'saved',
  notes: [],
};

export function offerOf(part: OfferPart & { local_id: string }): RecordView {
  return changedBy(OFFER, part);
}

/** Returns the offer with these properties replaced. */
function changedBy(offer: RecordView, { valid_from, valid_to, picture, photo_url, local_id, id, sync, created_at, ...fields }: OfferPart): RecordView {
  const days = daysOf(offer.fields['validity']);
  const photo = offer.pictures.photo ?? { picture: null, url: null, waiting: false };
  const or = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);
  const now = or(sync, offer.sync);
  return withFields(
    {
      ...offer,
      local_id: or(local_id, offer.local_id),
      id: or(id, offer.id),
      created_at: or(created_at, offer.created_at),
      sync: now,
      pictures: { photo: { picture: or(picture, photo.picture), url: or(photo_url, photo.url), waiting: now !== 'saved' } },
    },
    { ...(fields as Fields), validity: { from: or(valid_from, days.from), to: or(valid_to, days.to) } },
  );
}

function withFields(offer: RecordView, fields: Fields): RecordView {
  const all = { ...offer.fields, ...fields };
  return { ...offer, fields: all, state: stateOf(all) };
}

function stateOf(fields: Fields): OfferState {
  const { from, to } = daysOf(fields['validity']);
  if (fields['is_active'] === false) return 'hidden';
  if (to && to < TODAY) return 'expired';
  if (from && TODAY < from) return 'scheduled';
  return 'live';
}

export function failure(part: Partial<DeskError>): DeskError {
  return { code: 'unexpected', message: 'Something went wrong.', way_out: 'Try again.', fields: {}, ...part };
}

/** All commands. Those whose argument is the bytes of a file are not among the generated ones. */
type All = Commands & {
  prepare_picture: { takes: unknown; gives: PreparedPicture };
  say_with_file: { takes: unknown; gives: null };
};

/** The answers to commands. */
export type Answers = {
  [Name in keyof All]?: (takes: All[Name]['takes']) => All[Name]['gives'] | Promise<All[Name]['gives']>;
};

export class PretendDesk {
  session: SessionView | null = {
    server: 'https://hotelmate.example',
    hotel_slug: 'killarney',
    hotel_name: 'The Killarney Court Hotel',
    time_zone: 'Europe/Dublin',
    username: 'aoife',
    profile: {
      staff_id: 4,
      user_id: 9,
      first_name: 'Aoife',
      last_name: 'Byrne',
      department: 'Front office',
      role: 'Manager',
    },
    sign_in_needed: false,
    remembered: true,
  };
  handover: HandoverView | null = null;
  people: PeopleView = {
    people: [
      {
        person: 'aoife',
        initials: 'AB',
        name: 'Aoife Byrne',
        username: 'aoife',
        hotel_name: 'The Killarney Court Hotel',
        is_shown: true,
        pin: 'unset',
        sign_in_needed: false,
        counted: true,
        waiting: 0,
        attention: 0,
        unread: 0,
      },
    ],
    locked: false,
  };
  status: DeskStatus = {
    pill: 'saved',
    online: true,
    live: 'live',
    live_cause: null,
    counted: true,
    saving: 0,
    waiting: 0,
    attention: 0,
    unread: 0,
    unread_messages: 0,
    others: [],
    unreadable: 0,
    absent: [],
    last_sync: NOW,
    read_failure: null,
    next_try: null,
    notices: [],
  };
  duty: DutyView = {
    status: 'off_duty',
    since: null,
    confirmed_at: NOW,
    intent: null,
    notice: null,
    unavailable: null,
  };
  team: TeamView = { people: [], as_of: NOW, limited: null };
  capabilities: Capabilities = {
    known: true,
    resources: { offer: CAN, room_type: CAN, branding: CAN, gallery: CAN, staff: CAN, conversation: CAN },
    gallery_removal: CAN,
    captions: CAN,
  };
  offers: RecordView[] = [];
  galleries: GalleryView[] = [];
  chat = new PretendChat();
  deleted = new Map<string, RecordView>();
  plan: ImportPlan = { new: 0, changed: 0, unchanged: 0, queued: false, passed_over: 0, rows: [] };
  rooms: RecordView[] = [];
  deletedRooms = new Map<string, RecordView>();
  branding: RecordView | null = brandingOf();
  conflicts = new Map<string, ConflictView[]>();
  items: OutboxItem[] = [];
  /** The unsaved drafts, newest first. */
  drafts: DraftView[] = [];
  activities: Activity[] = [];
  diagnosis: Diagnosis = diagnosisOf();
  /** The events of the live connection, oldest first, and their masked data by entry. */
  events: EventEntry[] = [];
  secrets = new Map<number, string>();
  /** The newest seen activity. */
  seen = 0;
  notifications: NotificationView = { quiet_until: null, sounds: false, repeats: false };
  asOf: string | null = NOW;
  picture: PreparedPicture = {
    hash: 'f'.repeat(64),
    width: 2560,
    height: 1707,
    bytes: 812_000,
    original_width: 3000,
    original_height: 2000,
    warning: null,
  };
  /** Every command that was run, in order, with its arguments. */
  calls: { name: string; args: Record<string, unknown> }[] = [];
  settings = settingsOf();
  /** Answers that replace the default ones, by command. */
  answers: Answers = {};

  install(): void {
    mockIPC(
      async (name, args) => {
        const taken = { ...((args ?? {}) as Record<string, unknown>) };
        // The draft of an intent depends on the typing speed, so a test sees it only if it asks for it.
        const from = name === 'save_draft' ? null : taken['draft'];
        if (name !== 'save_draft') delete taken['draft'];
        this.calls.push({ name, args: args instanceof Uint8Array ? (args as never) : taken });
        // The core answers later, never within the call.
        await Promise.resolve();
        const usual: Answers = this.#usual;
        const answer = (this.answers[name as keyof All] ?? usual[name as keyof All]) as ((takes: unknown) => unknown) | undefined;
        if (!answer) throw new Error(`no such command: ${name}`);
        const answered = await answer(args instanceof Uint8Array ? args : taken);
        if (typeof from === 'string') await this.dropDraft(from);
        return answered;
      },
      { shouldMockEvents: true },
    );
    mockConvertFileSrc('linux');
  }

  /** Removes a draft that was saved or discarded. */
  async dropDraft(id: string): Promise<void> {
    if (!this.drafts.some((other) => other.id === id)) return;
    this.drafts = this.drafts.filter((draft) => draft.id !== id);
    await this.notify({ topic: 'drafts' });
  }

  ran(name: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  /** Removes a settled entry of the outbox. */
  private async forget(id: string): Promise<null> {
    this.items = this.items.filter((item) => item.id !== id);
    await this.notify({ topic: 'outbox' });
    return null;
  }

  async notify(change: Change): Promise<void> {
    await emit('desk-change', [change]);
  }

  /** Changes an offer as a colleague. */
  async colleague(id: string, part: OfferPart): Promise<void> {
    this.change(id, part);
    await this.notify({ topic: 'entities', resource: 'offer', ids: [id] });
  }

  /** Adds colleagues' activities, all at once. */
  async did(...parts: (Partial<Activity> & { id: number })[]): Promise<void> {
    const activities = parts.map(activityOf);
    this.activities = [...this.activities, ...activities];
    for (const activity of activities) await this.notify({ topic: 'activity', activity });
  }

  /** Clicks a native notification about this activity. */
  async clickNotification(activity: Activity): Promise<void> {
    await emit('desk-open', activity);
  }

  async setStatus(part: Partial<DeskStatus>): Promise<void> {
    this.status = { ...this.status, ...part };
    await this.notify({ topic: 'status' });
  }

  async diagnose(part: Partial<Diagnosis>): Promise<void> {
    this.diagnosis = { ...this.diagnosis, ...part };
    await this.notify({ topic: 'diagnosis' });
  }

  change(id: string, part: OfferPart): void {
    this.offers = this.offers.map((offer) => (offer.local_id === id ? changedBy(offer, part) : offer));
  }

  /** Changes a room type or the branding. */
  changeRecord(id: string, fields: Fields, part: Partial<RecordView> = {}, pictures: RecordView['pictures'] = {}): void {
    const changed = (record: RecordView): RecordView => ({
      ...record,
      ...part,
      fields: { ...record.fields, ...fields },
      pictures: { ...record.pictures, ...pictures },
    });
    if (this.branding?.local_id === id) this.branding = changed(this.branding);
    this.rooms = this.rooms.map((room) => (room.local_id === id ? changed(room) : room));
  }

  /** The answers for offers, which have the same commands as other records. */
  readonly offerAnswers = {
    create: async ({ fields, picture }) => {
      const id = crypto.randomUUID();
      const made = offerOf({ local_id: id, id: null, picture, sync: 'waiting' });
      this.offers = [withFields(made, fields), ...this.offers];
      await this.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return id;
    },
    edit: async ({ id, edits }) => {
      const fields = Object.fromEntries(edits.map(({ now }) => [now.field, now.value]));
      this.offers = this.offers.map((offer) => (offer.local_id === id ? withFields(offer, fields) : offer));
      await this.colleague(id, { sync: 'waiting' });
      return null;
    },
    set_picture: async ({ id, picture }) => {
      await this.colleague(id, { picture, sync: 'waiting' });
      return null;
    },
    move_to: async ({ id, to }) => {
      const moved = this.offers.find((offer) => offer.local_id === id);
      const rest = this.offers.filter((offer) => offer.local_id !== id);
      if (moved) this.offers = putAt(rest, { ...moved, sync: 'waiting' }, to);
      await this.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
  } satisfies Answers;

  #usual: Required<Answers> = {
    ...bulkAnswers(this),
    session: () => this.session,
    people: () => this.people,
    handover: () => this.handover,
    dismiss_handover: async () => {
      this.handover = null;
      await this.notify({ topic: 'people' });
      return null;
    },
    set_pin: () => null,
    switch_by_pin: () => null,
    switch_by_password: () => null,
    lock: () => null,
    note_input: () => null,
    sign_in_hints: () => ({ server: 'https://hotelmate.example', username: '' }),
    sign_in: () => {
      if (!this.session) throw failure({ code: 'wrong_password' });
      return this.session;
    },
    sign_in_again: () => {
      if (this.session) this.session = { ...this.session, sign_in_needed: false };
      return null;
    },
    sign_out: async ({ choice }) => {
      const waiting = this.items.length + this.drafts.length > 0;
      if (choice === 'if_nothing_waits' && waiting) throw failure({ code: 'still_waiting' });
      this.session = null;
      await this.notify({ topic: 'session' });
      return null;
    },
    status: () => this.status,
    send_now: async () => {
      await this.setStatus({ saving: 0, waiting: 0 });
      return { left: this.status.attention, reason: '' };
    },
    try_now: () => null,
    accept_absences: () => null,
    offers: ({ query }) => listOf(this, query),
    sanitise_html: ({ html }) => sanitise(html),
    delete_entity: async ({ id }) => {
      const offer = this.offers.find((other) => other.local_id === id);
      if (offer) this.deleted.set(offer.local_id, offer);
      this.offers = this.offers.filter((other) => other.local_id !== id);
      const room = this.rooms.find((other) => other.local_id === id);
      if (room) {
        this.deletedRooms.set(room.local_id, room);
        this.rooms = this.rooms.filter((other) => other.local_id !== id);
        await this.notify({ topic: 'entities', resource: 'room_type', ids: null });
        return null;
      }
      await this.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
    undo_delete: async ({ id }) => {
      const offer = this.deleted.get(id);
      if (offer) this.offers = [offer, ...this.offers];
      this.deleted.delete(id);
      const room = this.deletedRooms.get(id);
      if (room) {
        this.rooms = [room, ...this.rooms];
        this.deletedRooms.delete(room.local_id);
        await this.notify({ topic: 'entities', resource: 'room_type', ids: null });
        return null;
      }
      await this.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
    prepare_picture: () => ({ ...this.picture }),
    cancel_picture: () => null,
    cancel_upload: () => null,
    capabilities: () => this.capabilities,
    ...galleryAnswers(this),
    ...chatAnswers(this),
    ...recordAnswers(this),
    drafts: () => this.drafts,
    save_draft: async ({ draft }) => {
      const known = this.drafts.some((other) => other.id === draft.id);
      const rest = this.drafts.filter((other) => other.id !== draft.id);
      this.drafts = [{ ...draft, saved_at: NOW, there: true }, ...rest];
      if (!known) await this.notify({ topic: 'drafts' });
      return null;
    },
    discard_draft: async ({ id }) => {
      await this.dropDraft(id);
      return null;
    },
    copy_of: ({ id }) => {
      const record = [...this.offers, ...this.rooms].find(({ local_id }) => local_id === id);
      return { fields: record?.fields ?? {}, picture: null, lacks_picture: false };
    },
    versions: () => [],
    prepare_cached_picture: () => ({ ...this.picture }),
    answer_shell: () => null,
    end_program: () => null,
    ...displayAnswers,
    outbox: () => ({ items: this.items }),
    export_outbox: ({ id }) => ({ file: '/home/aoife/Downloads/hotelmate-changes.json', entries: id ? 1 : this.items.length }),
    retry_intent: () => null,
    discard_intent: ({ id }) => this.forget(id),
    discard_doubtful: ({ id }) => this.forget(id),
    adopt_intent: ({ id }) => this.forget(id),
    send_again: () => null,
    send_restored: () => null,
    resolve_conflict: async ({ id }) => {
      for (const [offer, all] of this.conflicts) {
        this.conflicts.set(
          offer,
          all.filter((conflict) => conflict.intent !== id),
        );
        await this.colleague(offer, { sync: 'waiting' });
      }
      for (const resource of ['branding', 'room_type'] as const) await this.notify({ topic: 'entities', resource, ids: null });
      return null;
    },
    duty: () => this.duty,
    team: () => this.team,
    intend_duty: async ({ on }) => {
      this.duty = { ...this.duty, status: on ? 'on_duty' : 'off_duty', since: on ? NOW : null };
      await this.notify({ topic: 'duty' });
      return null;
    },
    cancel_duty_intent: async () => {
      this.duty = { ...this.duty, intent: null };
      await this.notify({ topic: 'duty' });
      return null;
    },
    dismiss_duty_notice: async () => {
      this.duty = { ...this.duty, notice: null };
      await this.notify({ topic: 'duty' });
      return null;
    },
    ...diagnosticsAnswers(this),
    ...activityAnswers(this),
    ...settingsAnswers(this),
  };
}

/** Replaces the core's sanitiser. It is sufficient to test that the window shows only sanitised HTML. */
function sanitise(html: string): string {
  return html.replace(/<(script|style)[\s\S]*?<\/\1>/gi, '').replace(/ on\w+="[^"]*"/gi, '');
}
