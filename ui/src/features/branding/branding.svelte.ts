// The branding and a person's typing in it. The draft is here and not in the screen, so no typing is lost while another
// screen is shown.
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
  /** The draft; null until the branding was read. */
  draft = $state.raw<Draft | null>(null);

  /** A continued draft, which is applied as soon as the branding was read. */
  #before: Kept | null = null;

  #keeping: Keeping;

  constructor(account: Account) {
    this.#keeping = account.part(Keeping);
    account.onEnd(() => this.draft?.part());
  }

  /** Takes the branding after each read. */
  follow({ record }: RecordDetail, table: Table): void {
    const known = this.draft?.id === record.local_id ? this.draft : null;
    const draft = known ?? new Draft('branding', record.local_id);
    // Servers have different fields. A field that the record does not contain is absent, not empty.
    draft.follow(record.fields, { ...table, fields: table.fields.filter((rule) => rule.name in record.fields) });
    if (known) return;
    this.draft?.part();
    draft.begin(this.#keeping);
    this.draft = draft;
    if (this.#before) this.resume(this.#before);
  }

  /** Continues earlier typing. Text typed here already stays. */
  resume(before: Kept): void {
    this.#before = this.draft ? null : before;
    this.draft?.resume(before);
  }
}
