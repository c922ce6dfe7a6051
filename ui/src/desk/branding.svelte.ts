// What the hotel says about itself, and what a person types into it. The draft lives here and not in the screen, so
// that nothing typed is lost while another screen is looked at.
import type { RecordDetail } from '../generated/RecordDetail';
import type { Rule } from '../generated/Rule';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';
import { RecordDraft } from './record-draft.svelte';

class Branding {
  query = new LiveQuery(
    () => command('branding'),
    (change) => change.topic === 'branding' || change.topic === 'outbox',
  );
  /** Null until the branding was read. */
  draft = $state.raw<RecordDraft | null>(null);

  /** The branding was read, or read anew. */
  follow({ record }: RecordDetail, rules: readonly Rule[]): void {
    const draft = this.draft?.id === record.local_id ? this.draft : new RecordDraft('branding', record.local_id);
    // Servers have different fields: one that is not in the record is not there, rather than empty.
    draft.follow(record.fields, rules.filter((rule) => rule.name in record.fields));
    this.draft = draft;
  }

  /** Forgets everything, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    this.draft?.forget();
    this.draft = null;
  }
}

export const branding = new Branding();
