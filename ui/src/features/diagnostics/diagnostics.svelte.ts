// The causes that prevent current data, and the tools for support.
import type { Diagnosis, ExportedFile, FindingState, LogLevel } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { FileWriter } from '../../lib/exports.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';

export const TABS = ['checks', 'connection', 'events'] as const;
export type Tab = (typeof TABS)[number];

/** The support file. */
class SupportFile extends FileWriter<[]> {
  protected override make(): Promise<ExportedFile> {
    return command('support_file');
  }
}

export class Diagnostics {
  tab = $state<Tab>('checks');
  query = new LiveQuery(() => command('diagnosis'), (change) => change.topic === 'diagnosis', { aside: true });
  readonly support: SupportFile;
  #toasts: Toasts;
  /** True after a request for the checks, until the core reports their start. */
  #starting = $state(false);

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
    this.support = new SupportFile(account);
    account.onEnd(this.query.start());
  }

  get current(): Diagnosis | null {
    return this.query.value;
  }

  get running(): boolean {
    return this.#starting || this.current?.running === true;
  }

  /** The number of failed checks. */
  get failed(): number {
    return this.current?.findings.filter(({ state }) => state === 'failed').length ?? 0;
  }

  /** Starts the checks over the network, unless they are running. */
  async check(): Promise<void> {
    if (this.running) return;
    this.#starting = true;
    await this.#toasts.attempt(() => command('run_checks'));
    await this.query.fresh();
    this.#starting = false;
  }

  /** Sets the log level. Returns false if it did not change. */
  async setLevel(level: LogLevel): Promise<boolean> {
    const set = await this.#toasts.attempt(() => command('set_log_level', { level }));
    await this.query.fresh();
    return set;
  }
}

export interface Verdict {
  state: FindingState;
  text: string;
}

/** Returns the most serious finding in one sentence. The first failed check is the cause of the later ones. */
export function verdictOf(diagnosis: Diagnosis | null, running: boolean): Verdict {
  const findings = diagnosis?.findings ?? [];
  const failed = findings.filter(({ state }) => state === 'failed');
  const warnings = findings.filter(({ state }) => state === 'warning');
  // Without an event there is no speed to measure, and nothing is wrong.
  const unknown = findings.filter(({ state }) => state === 'unknown');
  const complete = findings.length > 0 && unknown.every(({ check }) => check === 'latency');
  const first = failed[0];
  if (first) {
    const more = failed.length + warnings.length - 1;
    const text = t(`failure-${first.check}`);
    return { state: 'failed', text: more > 0 ? `${text} ${t('diagnostics-more', { count: more })}` : text };
  }
  if (warnings.length > 0) return { state: 'warning', text: t('diagnostics-warnings', { count: warnings.length }) };
  if (complete) return { state: 'ok', text: [t('diagnostics-works'), ...unknown.map(({ text }) => text)].join(' ') };
  if (running) return { state: 'unknown', text: t('diagnostics-checking') };
  if (findings.some(({ state }) => state === 'ok')) return { state: 'unknown', text: t('diagnostics-partly-checked') };
  return { state: 'unknown', text: t('diagnostics-not-checked') };
}
