// What came over the live connection, as far as it is kept, and what of it the person wants to see.
import { SvelteMap } from 'svelte/reactivity';

import type { EventEntry, EventOutcome } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { sizeText, stampText } from '../../messages/format';
import { command } from '../../platform';
import { Shown } from './shown';

/** So many entries are kept and shown, as in the core. */
const KEPT = 500;
/** The figures of an entry that are not there after so long, in milliseconds, do not come any more. */
const FIGURES_COME = 10_000;
/** The figures are read again at most this often, in milliseconds. */
const FIGURES_EVERY = 400;

/** Which channel to show: all, what happened to the connection, or the one of that name. */
export type ChannelFilter = { which: 'all' } | { which: 'connection' } | { which: 'one'; name: string };

export class EventLog {
  text = $state('');
  channel = $state.raw<ChannelFilter>({ which: 'all' });
  outcome = $state<EventOutcome | 'all'>('all');
  paused = $state(false);
  /** The person has scrolled away from the end. */
  away = $state(false);
  /** The entry that is open. */
  open = $state<number | null>(null);
  /** What was revealed on purpose, by entry. */
  readonly revealed = new SvelteMap<number, string>();

  /** All that are kept, oldest first. */
  #all = $state.raw<EventEntry[]>([]);
  /** What is looked at while it must not move. */
  #held = $state.raw<EventEntry[] | null>(null);
  #newest = 0;
  /** Grows when everything is masked again: what was asked to be revealed before stays masked. */
  #looks = 0;
  /** The figures of entries up to here are final. */
  #final = 0;
  /** Ask for more than what is new: for the figures of what is there, too. */
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

  /** Reads what comes until the returned function is called. */
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

  /** What is to be looked at, before the filters. */
  get entries(): EventEntry[] {
    return this.#held ?? this.#all;
  }

  /** What the filters let through. */
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

  /** The names of the channels that anything came over, and the one that is chosen. */
  readonly channels = $derived.by(() => {
    const all = this.entries.map(({ channel }) => channel).filter((name) => name !== null);
    if (this.channel.which === 'one') all.push(this.channel.name);
    const names = Object.keys(Object.fromEntries(all.map((name) => [name, true])));
    return names.sort((a, b) => a.localeCompare(b));
  });

  get filtered(): boolean {
    return this.text.trim() !== '' || this.channel.which !== 'all' || this.outcome !== 'all';
  }

  /** So many have come since the list is held. */
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

  /** Opens an entry, or closes it when it is open. The list stands still while one is read. */
  toggle(seq: number): void {
    this.open = this.open === seq ? null : seq;
    this.#hold();
  }

  /** Goes on with what comes. */
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

  /** Masks again what was revealed. */
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

/** An entry as text, for a message to whoever helps. `data` is what is shown of its data. */
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
