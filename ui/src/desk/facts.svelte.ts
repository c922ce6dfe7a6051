import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** How many are kept at hand for the history. */
const LIMIT = 100;

/** What colleagues did, newest first, and how much of it the person has not looked at. */
class Facts {
  query = new LiveQuery(
    async () => {
      const facts = await command('facts', { limit: LIMIT });
      facts.sort((a, b) => b.id - a.id);
      this.#seen ??= facts[0]?.id ?? 0;
      return facts;
    },
    (change) => change.topic === 'fact',
  );

  /** The newest fact that was looked at; what happened before the start counts as looked at. */
  #seen = $state<number | null>(null);

  get unseen(): number {
    const seen = this.#seen;
    return seen === null ? 0 : (this.query.value ?? []).filter((fact) => fact.id > seen).length;
  }

  markSeen(): void {
    this.#seen = this.query.value?.[0]?.id ?? this.#seen;
  }

  forget(): void {
    this.query.forget();
    this.#seen = null;
  }
}

export const facts = new Facts();
