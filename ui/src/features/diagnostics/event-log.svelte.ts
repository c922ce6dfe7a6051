// The stored events of the live connection, and the person's filters.
import { SvelteMap } from 'svelte/reactivity';

import type { EventEntry, EventOutcome } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { sizeText, stampText } from '../../messages/format';
import { command } from '../../platform';
import { Shown } from './shown';

/** The number of stored and shown entries, as in the core. */
const KEPT = 500;
/** The time after which missing figures of an entry no longer arrive, in milliseconds. */
const FIGURES_COME = 10_000;
/** The shortest interval between two reads of the figures, in milliseconds. */
const FIGURES_EVERY = 400;

/** The selected channels: all, the changes of the connection, or the channel of that name. */
export type ChannelFilter = { which: 'all' } | { which: 'connection' } | { which: 'one'; name: string };

export class EventLog {
  text = $state('');
  channel = $state.raw<ChannelFilter>({ which: 'all' });
  outcome = $state<EventOutcome | 'all'>('all');
  paused = $state(false);
  /** True if the person has scrolled away from the end. */
  away = $state(false);
  /** The open entry. */
  open = $state<number | null>(null);
  /** The data that the person revealed, by entry. */
  readonly revealed = new SvelteMap<number, string>();

  /** All stored entries, oldest first. */
  #all = $state.raw<EventEntry[]>([]);
  /** The shown entries while the list is held. */
  #held = $state.raw<EventEntry[] | null>(null);
  #newest = 0;
  /** Grows when everything is masked again, so that a pending answer reveals nothing. */
  #looks = 0;
  /** The figures of the entries up to this one are final. */
  #final = 0;
  /** True if the next request also reads the figures of known entries. */
  #figures = true;
  #toasts: Toasts;
  #shown: Shown;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
    this.#shown = account.part(Shown);
  }

  query = new LiveQuery(
    async () => {
      const after = this.#figures ? this.#final : this.#newest;
      this.#figures = false;
      const { entries, newest } = await command('event_log', { after });
      this.#take(entries);
      return newest;
    },
    (change) => change.topic === 'live' || change.topic === 'diagnosis',
    { aside: true },
  );

  /** Reads new events until the returned function is called. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readFigures = (): void => {
      timer = undefined;
      this.#figures = true;
      void this.query.refresh();
    };
    this.#reset();
    const stops = [
      this.query.start(),
      this.#shown.onReported(() => {
        timer ??= setTimeout(readFigures, FIGURES_EVERY);
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }

  /** The entries to show, before the filters. */
  get entries(): EventEntry[] {
    return this.#held ?? this.#all;
  }

  /** The entries that pass the filters. */
  readonly shown = $derived.by(() => {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const { channel, outcome } = this;
    return this.entries.filter((entry) => {
      if (outcome !== 'all' && entry.outcome !== outcome) return false;
      if (channel.which === 'connection' && entry.channel !== null) return false;
      if (channel.which === 'one' && entry.channel !== channel.name) return false;
      if (words.length === 0) return true;
      const text = `${entry.channel ?? ''} ${entry.event} ${entry.data}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });

  /** The names of the channels with events, and the selected one. */
  readonly channels = $derived.by(() => {
    const all = this.entries.map(({ channel }) => channel).filter((name) => name !== null);
    if (this.channel.which === 'one') all.push(this.channel.name);
    const names = Object.keys(Object.fromEntries(all.map((name) => [name, true])));
    return names.sort((a, b) => a.localeCompare(b));
  });

  get filtered(): boolean {
    return this.text.trim() !== '' || this.channel.which !== 'all' || this.outcome !== 'all';
  }

  /** The number of new events since the list is held. */
  get fresh(): number {
    const last = this.#held?.at(-1)?.seq ?? 0;
    return this.#held ? this.#all.filter(({ seq }) => seq > last).length : 0;
  }

  get held(): boolean {
    return this.#held !== null;
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.#hold();
  }

  scrolledAway(away: boolean): void {
    if (this.away === away) return;
    this.away = away;
    this.#hold();
  }

  /** Opens an entry, or closes the open one. The list is held while one is open. */
  toggle(seq: number): void {
    this.open = this.open === seq ? null : seq;
    this.#hold();
  }

  /** Follows new events again. */
  follow(): void {
    this.paused = false;
    this.away = false;
    this.open = null;
    this.#hold();
  }

  clearFilter(): void {
    this.text = '';
    this.channel = { which: 'all' };
    this.outcome = 'all';
  }

  async reveal(seq: number): Promise<void> {
    const look = this.#looks;
    await this.#toasts.attempt(async () => {
      const data = await command('reveal_event', { seq });
      if (look === this.#looks) this.revealed.set(seq, data);
    });
  }

  /** Masks the revealed data again. */
  mask(): void {
    this.#looks += 1;
    this.revealed.clear();
  }

  #hold(): void {
    const hold = this.paused || this.away || this.open !== null;
    if (hold) this.#held ??= this.#all;
    else this.#held = null;
  }

  #reset(): void {
    this.#all = [];
    this.#newest = 0;
    this.#final = 0;
    this.#figures = true;
  }

  #take(entries: EventEntry[]): void {
    const first = entries[0];
    if (!first) return;
    const kept = this.#all.filter(({ seq }) => seq < first.seq);
    this.#all = [...kept, ...entries].slice(-KEPT);
    this.#newest = this.#all.at(-1)?.seq ?? 0;
    const now = Date.now();
    const open = this.#all.find(
      ({ outcome, shown_ms, at }) => outcome === 'applied' && shown_ms === null && now - Date.parse(at) < FIGURES_COME,
    );
    this.#final = open ? open.seq - 1 : this.#newest;
  }
}

/** Formats an entry as text, for a support message. `data` is the shown part of its data. */
export function entryText(entry: EventEntry, data = entry.data): string {
  const figure = (name: string, value: number | null): string =>
    `${name} ${value === null ? '–' : t('events-milliseconds', { number: value })}`;
  const head = [
    stampText(entry.at),
    entry.channel ?? t('events-connection'),
    entry.event,
    t(`event-outcome-${entry.outcome}`),
    sizeText(entry.bytes),
    figure(t('events-hotel'), entry.hotel_ms),
    figure(t('events-stored'), entry.stored_ms),
    figure(t('events-shown'), entry.shown_ms),
  ];
  return data ? `${head.join('  ')}\n${data}` : head.join('  ');
}
