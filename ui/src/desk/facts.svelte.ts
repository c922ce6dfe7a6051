// What colleagues did and guests wrote, newest first, and how much of it nobody has looked at. The core counts and remembers that;
// here is only remembered up to which fact this window has told.
import type { FactKind } from '../generated/FactKind';
import type { FactList } from '../generated/FactList';
import type { Change } from '../generated/Change';
import type { Fact } from '../generated/Fact';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** So many facts are asked for at once. */
export const PAGE = 50;

export interface FactFilter {
  kinds: FactKind[];
  text: string | null;
}

/** Reads facts page by page, newest first, until it is `enough` or there are no older ones. */
export async function readFacts(filter: FactFilter, enough: (facts: readonly Fact[]) => boolean): Promise<FactList> {
  const first = await command('facts', { query: { ...filter, before: null, limit: PAGE } });
  let { facts, more } = first;
  for (let last = facts.at(-1); more && last && !enough(facts); last = facts.at(-1)) {
    const page = await command('facts', { query: { ...filter, before: last.id, limit: PAGE } });
    facts = [...facts, ...page.facts];
    more = page.more && page.facts.length > 0;
  }
  return { ...first, facts, more };
}

/** True when the list reaches back to this fact. */
export function reaches(facts: readonly Fact[], id: number): boolean {
  const last = facts.at(-1);
  return last === undefined || last.id <= id;
}

/**
 * True for changes after which facts are read again. Where the window was too slow for the feed, facts were missed
 * without a word; `session` is then among what the shell repeats.
 */
export function touchesFacts(change: Change): boolean {
  return change.topic === 'fact' || change.topic === 'notifications' || change.topic === 'session';
}

/** A number that outlives a reload of the window, but not the program. */
class Remembered {
  #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  get value(): number | null {
    const held = sessionStorage.getItem(this.#key);
    return held === null ? null : Number(held);
  }

  set value(id: number | null) {
    if (id === null) sessionStorage.removeItem(this.#key);
    else sessionStorage.setItem(this.#key, String(id));
  }
}

class Facts {
  /** The newest fact that was told, or that was there before this window. Null before the first answer. */
  readonly told = new Remembered('facts.told');
  /** Messages are held back since this fact; null while they are not. */
  readonly heldSince = new Remembered('facts.held-since');

  query = new LiveQuery<FactList>(() => {
    const from = this.heldSince.value ?? this.told.value;
    return readFacts({ kinds: [], text: null }, (facts) => from === null || reaches(facts, from + 1));
  }, touchesFacts);

  get unseen(): number {
    return this.query.value?.unseen ?? 0;
  }

  /** Forgets everything, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    this.told.value = null;
    this.heldSince.value = null;
  }
}

export const facts = new Facts();
