import type { ExportedFile } from '../generated/ExportedFile';
import type { IntentId } from '../generated/IntentId';
import { command } from '../platform';
import { attempt } from './actions';

/** Files with what waits, for another person or program. The program chooses where they go, not the page. */
class Exports {
  /** The last file that was written, until it is put aside. */
  last = $state.raw<ExportedFile | null>(null);
  busy = $state(false);

  /** Writes one entry, or with null all of them. */
  async write(id: IntentId | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await attempt(async () => {
      this.last = await command('export_outbox', { id });
    });
    this.busy = false;
  }

  forget(): void {
    this.last = null;
  }
}

export const exports = new Exports();
