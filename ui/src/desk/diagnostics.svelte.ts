// What keeps the desk from being up to date, and what helps those who look into it.
import type { Diagnosis } from '../generated/Diagnosis';
import type { ExportedFile } from '../generated/ExportedFile';
import type { FindingState } from '../generated/FindingState';
import type { LogLevel } from '../generated/LogLevel';
import { t } from '../messages';
import { command } from '../platform';
import { attempt } from './actions';
import { LiveQuery } from './live.svelte';

export const TABS = ['checks', 'connection', 'events'] as const;
export type Tab = (typeof TABS)[number];

/** The file for whoever helps. */
class SupportFile {
  /** The last file that was written, until it is put aside. */
  last = $state.raw<ExportedFile | null>(null);
  busy = $state(false);

  async write(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await attempt(async () => {
      this.last = await command('support_file');
    });
    this.busy = false;
  }

  forget(): void {
    this.last = null;
  }
}

class Diagnostics {
  tab = $state<Tab>('checks');
  query = new LiveQuery(() => command('diagnosis'), (change) => change.topic === 'diagnosis', { aside: true });
  support = new SupportFile();
  /** The checks were asked for, and the core has not said so yet. */
  #starting = $state(false);

  get current(): Diagnosis | null {
    return this.query.value;
  }

  get running(): boolean {
    return this.#starting || this.current?.running === true;
  }

  /** So many checks failed. */
  get failed(): number {
    return this.current?.findings.filter(({ state }) => state === 'failed').length ?? 0;
  }

  /** Starts the checks over the network, unless they are under way. */
  async check(): Promise<void> {
    if (this.running) return;
    this.#starting = true;
    await attempt(() => command('run_checks'));
    await this.query.fresh();
    this.#starting = false;
  }

  /** False when it stayed as it was. */
  async setLevel(level: LogLevel): Promise<boolean> {
    const set = await attempt(() => command('set_log_level', { level }));
    await this.query.fresh();
    return set;
  }

  forget(): void {
    this.#starting = false;
    this.query.forget();
    this.support.forget();
    this.tab = 'checks';
  }
}

export const diagnostics = new Diagnostics();

export interface Verdict {
  state: FindingState;
  text: string;
}

/** The worst that is true, in one sentence. What fails first is the cause of what fails behind it. */
export function verdictOf(diagnosis: Diagnosis | null, running: boolean): Verdict {
  const findings = diagnosis?.findings ?? [];
  const failed = findings.filter(({ state }) => state === 'failed');
  const warnings = findings.filter(({ state }) => state === 'warning');
  const unknown = findings.some(({ state }) => state === 'unknown');
  const first = failed[0];
  if (first) {
    const more = failed.length + warnings.length - 1;
    const text = t(`failure-${first.check}`);
    return { state: 'failed', text: more > 0 ? `${text} ${t('diagnostics-more', { count: more })}` : text };
  }
  if (warnings.length > 0) return { state: 'warning', text: t('diagnostics-warnings', { count: warnings.length }) };
  if (findings.length > 0 && !unknown) return { state: 'ok', text: t('diagnostics-works') };
  if (running) return { state: 'unknown', text: t('diagnostics-checking') };
  if (findings.some(({ state }) => state === 'ok')) return { state: 'unknown', text: t('diagnostics-partly-checked') };
  return { state: 'unknown', text: t('diagnostics-not-checked') };
}
