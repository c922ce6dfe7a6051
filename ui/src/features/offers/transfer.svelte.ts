// Offers as files: their export, and the import of a file with its plan.
import type { DeskError, ExportedFile, FileForm, ImportFile, ImportPlan } from '../../generated';
import { FileWriter } from '../../lib/exports.svelte';
import { t } from '../../messages';
import { asFailure, command } from '../../platform';

/** The largest file, in bytes. A list of ten thousand offers is smaller. */
const MOST = 8 * 1024 * 1024;

export class OfferExports extends FileWriter<[FileForm]> {
  protected override make(form: FileForm): Promise<ExportedFile> {
    return command('export_offers', { form });
  }
}

/** The import of one file. */
export class Import {
  plan = $state.raw<ImportPlan | null>(null);
  error = $state.raw<DeskError | null>(null);
  busy = $state(false);
  asNew = $state(false);

  #file: Omit<ImportFile, 'as_new'> | null = $state.raw(null);

  get name(): string {
    return this.#file?.name ?? '';
  }

  /** The errors by row, in the order of the rows. */
  get wrong(): string[] {
    const order = new Intl.Collator(undefined, { numeric: true });
    return Object.values(this.error?.fields ?? {}).flat().sort(order.compare);
  }

  async choose(file: File): Promise<void> {
    if (file.size > MOST) {
      this.plan = null;
      this.error = { code: 'invalid', message: t('offers-file-too-large', { name: file.name }), way_out: '', fields: {} };
      return;
    }
    const bytes = [...new Uint8Array(await file.arrayBuffer())];
    this.#file = { name: file.name, bytes };
    await this.look();
  }

  /** Reads the plan of the chosen file. */
  async look(): Promise<void> {
    const file = this.#asked();
    if (file) this.plan = await this.#run(() => command('plan_import', { file }));
  }

  /** Queues the plan that the person sees. Returns true if it is queued. */
  async carryOut(): Promise<boolean> {
    const file = this.#asked();
    const agreed = this.plan?.rows;
    if (!file || !agreed) return false;
    const done = await this.#run(() => command('import_offers', { file, agreed }));
    // A plan that is outdated is replaced by the present one, with the reason above it.
    if (!done && this.error?.code === 'too_late') {
      const { error } = this;
      await this.look();
      this.error ??= error;
    }
    return done !== null;
  }

  #asked(): ImportFile | null {
    return this.#file && { ...this.#file, as_new: this.asNew };
  }

  async #run(ask: () => Promise<ImportPlan>): Promise<ImportPlan | null> {
    this.busy = true;
    this.error = null;
    try {
      return await ask();
    } catch (thrown) {
      this.error = asFailure(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}
