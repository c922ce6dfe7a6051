import type { ExportedFile, IntentId } from '../generated';
import { command } from '../platform';
import type { Account } from './account.svelte';
import { Toasts } from './toasts.svelte';

/** Writes files. The program chooses the folder and the name, not the page. */
export abstract class FileWriter<Asked extends unknown[]> {
  /** The last written file, until the person dismisses it. */
  last = $state.raw<ExportedFile | null>(null);
  busy = $state(false);

  #toasts: Toasts;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
  }

  protected abstract make(...asked: Asked): Promise<ExportedFile>;

  async write(...asked: Asked): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#toasts.attempt(async () => {
      this.last = await this.make(...asked);
    });
    this.busy = false;
  }
}

/** Exports waiting intents for another person or program: one entry, or all for null. */
export class Exports extends FileWriter<[IntentId | null]> {
  protected override make(id: IntentId | null): Promise<ExportedFile> {
    return command('export_outbox', { id });
  }
}
