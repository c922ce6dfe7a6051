// A fake desk with its data in arrays. With the answers to all commands it replaces the core, so the real window can be
// tested, and viewed in a browser, without the program.
import { emit } from '@tauri-apps/api/event';

import type {
  Activity, Capabilities, Change, ConflictView, DeskStatus, Diagnosis, DraftView, DutyView, EventEntry, Fields,
  GalleryView, HandoverView, ImportPlan, NotificationView, OutboxItem, PeopleView, PreparedPicture, RecordView,
  SessionView, TeamView,
} from '../src/generated';
import { activityOf } from './activities';
import { PretendChat } from './chat';
import type { Answers } from './commands';
import { diagnosisOf } from './diagnostics';
import { NOW } from './now';
import { changedBy, type OfferPart } from './offers';
import { brandingOf } from './records';
import { settingsOf } from './settings';

const CAN = { read: true, write: true, reason: null };

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

  /** Removes a draft that was saved or discarded. */
  async dropDraft(id: string): Promise<void> {
    if (!this.drafts.some((other) => other.id === id)) return;
    this.drafts = this.drafts.filter((draft) => draft.id !== id);
    await this.notify({ topic: 'drafts' });
  }

  ran(name: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
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
}
