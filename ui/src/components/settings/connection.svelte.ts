// The connection as a person types it: the server, its live events, and the values that some servers do not report. The
// server is checked during the typing. Live events are checked on request, because that check opens a connection.
import type { DeskError, Finding, KnownHotel } from '../../generated';
import type { Settings } from '../../lib/settings.svelte';
import { asFailure, command } from '../../platform';

/** The pause in typing after which the server is checked, in milliseconds. */
const PAUSE = 700;

/** The settings of the form, in its order. */
export const CONNECTION = ['server', 'hotel', 'time_zone', 'pusher_key', 'pusher_cluster', 'pusher_host'] as const;

export type ConnectionName = (typeof CONNECTION)[number];

export class Connection {
  typed = $state<Record<ConnectionName, string>>({
    server: '', hotel: '', time_zone: '', pusher_key: '', pusher_cluster: '', pusher_host: '',
  });
  /** The findings about the typed server; null before the first check. */
  server = $state.raw<Finding[] | null>(null);
  /** The hotels of the typed server, if it lists them. */
  hotels = $state.raw<KnownHotel[]>([]);
  /** The findings about the typed live events; null before a test. */
  live = $state.raw<Finding[] | null>(null);
  checking = $state(false);
  testing = $state(false);
  saving = $state(false);
  error = $state.raw<DeskError | null>(null);
  /** The field that a person has to fill next. */
  wanted = $state<ConnectionName | null>(null);

  /** The saved values when the fields were filled. */
  #begun = $state<Record<ConnectionName, string>>({
    server: '', hotel: '', time_zone: '', pusher_key: '', pusher_cluster: '', pusher_host: '',
  });
  #settings: Settings;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The number of the newest check. An older answer is about another text. */
  #check = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.reset();
  }

  /** Returns to the saved values. */
  reset(): void {
    for (const name of CONNECTION) this.#take(name);
    this.live = null;
  }

  #take(name: ConnectionName): void {
    this.#begun[name] = this.#settings.valueOf(name);
    this.typed[name] = this.#begun[name];
  }

  isLocked(name: ConnectionName): boolean {
    return this.#settings.of(name)?.locked ?? false;
  }

  /** The names that the person has changed. A later change by another program is not one. */
  get changed(): ConnectionName[] {
    return CONNECTION.filter((name) => !this.isLocked(name) && this.typed[name].trim() !== this.#begun[name]);
  }

  /** The changed values; null returns to the default. */
  get changes(): Record<string, string | null> {
    return Object.fromEntries(this.changed.map((name) => [name, this.typed[name].trim() || null]));
  }

  /** Checks the server after a pause in typing. */
  checkSoon(): void {
    clearTimeout(this.#timer);
    this.#check += 1;
    this.server = null;
    this.hotels = [];
    if (!this.typed.server.trim()) {
      this.checking = false;
      return;
    }
    this.checking = true;
    this.#timer = setTimeout(() => void this.checkServer(), PAUSE);
  }

  async checkServer(): Promise<void> {
    clearTimeout(this.#timer);
    const number = (this.#check += 1);
    this.checking = true;
    this.error = null;
    try {
      const { findings, hotels } = await command('try_server', { address: this.typed.server.trim() });
      if (number === this.#check) [this.server, this.hotels] = [findings, hotels];
    } catch (thrown) {
      if (number === this.#check) this.error = asFailure(thrown);
    }
    if (number === this.#check) this.checking = false;
  }

  async testLive(): Promise<void> {
    if (this.testing) return;
    this.testing = true;
    this.live = null;
    this.error = null;
    const { pusher_key: key, pusher_cluster: cluster, pusher_host: host } = this.typed;
    try {
      this.live = await command('try_live', { address: { key: key.trim(), cluster: cluster.trim(), host: host.trim() } });
    } catch (thrown) {
      this.error = asFailure(thrown);
    }
    this.testing = false;
  }

  /** Saves the changed values. Returns false if they were refused. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    this.error = null;
    try {
      const { changes } = this;
      const sent = { ...this.typed };
      if (Object.keys(changes).length > 0) await this.#settings.save(changes);
      // A field that the person changed during the save keeps its text.
      for (const name of CONNECTION) if (this.typed[name] === sent[name]) this.#take(name);
      this.live = null;
      return true;
    } catch (thrown) {
      this.error = asFailure(thrown);
      return false;
    } finally {
      this.saving = false;
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
