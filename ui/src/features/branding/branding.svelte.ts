// What the hotel says about itself, and what a person types into it. The draft lives here and not in the screen, so
// that nothing typed is lost while another screen is looked at.
import { Draft } from '../../components/editor/draft.svelte';
import { Keeping } from '../../components/editor/keeping.svelte';
import type { Kept } from '../../components/editor/memo';
import type { RecordDetail, Table } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { command } from '../../platform';

export class Branding {
  query = new LiveQuery(
    () => command('branding'),
    (change) => isAbout(change, 'branding') || change.topic === 'outbox',
  );
  /** Null until the branding was read. */
  draft = $state.raw<Draft | null>(null);

  /** What was typed before, and comes back as soon as the branding was read. */
  #before: Kept | null = null;

  #keeping: Keeping;

  constructor(account: Account) {
    this.#keeping = account.part(Keeping);
    account.onEnd(() => this.draft?.part());
  }

  /** The branding was read, or read anew. */
  follow({ record }: RecordDetail, table: Table): void {
    const known = this.draft?.id === record.local_id ? this.draft : null;
    const draft = known ?? new Draft('branding', record.local_id);
    // Servers have different fields: one that is not in the record is not there, rather than empty.
    draft.follow(record.fields, { ...table, fields: table.fields.filter((rule) => rule.name in record.fields) });
    if (known) return;
    this.draft?.part();
    draft.begin(this.#keeping);
    this.draft = draft;
    if (this.#before) this.resume(this.#before);
  }

  /** Goes on with what was typed before. What is typed already stays. */
  resume(before: Kept): void {
    this.#before = this.draft ? null : before;
    this.draft?.resume(before);
  }
}
