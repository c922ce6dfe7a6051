// The open history: its filter, and how far back it reaches.
import type { Activity, ActivityList } from '../../generated';
import { LiveQuery } from '../../lib/live.svelte';
import type { Toasts } from '../../lib/toasts.svelte';
import { command } from '../../platform';
import { type ActivityFilter, PAGE, reaches, readActivities, touchesActivities } from './activities.svelte';
import { type ActivityGroup, kindsOf } from './groups';

const ALL: ActivityFilter = { kinds: [], text: null };

interface Answer {
  list: ActivityList;
  /** The filter of the last request. */
  filter: ActivityFilter;
}

export class History {
  groups = $state.raw<ActivityGroup[]>([]);
  text = $state('');
  /** The newest activity that the person had seen when the list was opened. Null until that is known. */
  seen = $state<number | null>(null);
  /** True while older activities are being read. */
  busy = $state(false);

  #filter = $state.raw<ActivityFilter>(ALL);
  #wanted = PAGE;
  #entry: number | null;
  /** True after the list has scrolled to the entry that it was opened for. */
  #arrived = false;
  #open = true;

  query = new LiveQuery<Answer>(async () => {
    const filter = this.#filter;
    const list = await readActivities(filter, (held) => held.length >= this.#wanted && this.#reachesEntry(held));
    if (filter === ALL) this.#look(list);
    return { list, filter };
  }, touchesActivities);

  #toasts: Toasts;

  /** Reads all activities back to `entry`. */
  constructor(toasts: Toasts, entry: number | null) {
    this.#toasts = toasts;
    this.#entry = entry;
  }

  get activities(): readonly Activity[] {
    return this.query.value?.list.activities ?? [];
  }

  get more(): boolean {
    return this.query.value?.list.more ?? false;
  }

  /** True if the list answers the current filter, and not an earlier one. */
  get current(): boolean {
    return this.query.value?.filter === this.#filter;
  }

  get filtered(): boolean {
    return this.#filter !== ALL;
  }

  /** Follows new activities until the returned function is called. */
  start(): () => void {
    const stop = this.query.start();
    return () => {
      stop();
      this.#open = false;
    };
  }

  /** Returns true the first time only, so the list does not scroll back to the entry again. */
  arrive(): boolean {
    const first = !this.#arrived;
    this.#arrived = true;
    return first;
  }

  /** Sets the filter, and begins at the top of the list again. */
  narrow(intent: { groups?: ActivityGroup[]; text?: string }): void {
    if (intent.groups) this.groups = intent.groups;
    if (intent.text !== undefined) this.text = intent.text;
    const text = this.text.trim() || null;
    this.#filter = text === null && this.groups.length === 0 ? ALL : { kinds: kindsOf(this.groups), text };
    this.#wanted = PAGE;
    this.#entry = null;
    void this.query.refresh();
  }

  toggle(group: ActivityGroup): void {
    const on = this.groups.includes(group);
    this.narrow({ groups: on ? this.groups.filter((other) => other !== group) : [...this.groups, group] });
  }

  async older(): Promise<void> {
    this.#wanted = this.activities.length + PAGE;
    this.busy = true;
    await this.query.fresh();
    this.busy = false;
  }

  #reachesEntry(held: readonly Activity[]): boolean {
    return this.#entry === null || reaches(held, this.#entry);
  }

  /** Marks the activities in the list as seen when it is opened. Later ones are unseen. */
  #look(list: ActivityList): void {
    if (!this.#open || this.seen !== null) return;
    this.seen = list.seen;
    const newest = list.activities[0];
    if (newest && newest.id > list.seen) void this.#toasts.attempt(() => command('mark_activities_seen', { upto: newest.id }));
  }
}
