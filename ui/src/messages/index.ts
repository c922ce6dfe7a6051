// The texts of the window. They stand in `words/` at the root of the project, in the format of Project Fluent, so that
// every part of the program can read the same catalogue.
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';

import type { Value, Words } from '../generated/words';

/** The name of a text. */
export type Key = keyof Words;

/** The names of the texts without variables. */
type Plain = { [K in Key]: Words[K] extends null ? K : never }[Key];

const FILES: Record<string, string> = import.meta.glob('../../../words/en/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// Marks around variables would stand in what is copied and compared, and no text here mixes directions.
const bundle = new FluentBundle('en', { useIsolating: false });
for (const file of Object.values(FILES)) bundle.addResource(new FluentResource(file));

/** A text of the catalogue. */
export function t(key: Plain): string;
export function t<K extends Exclude<Key, Plain>>(key: K, variables: Words[K]): string;
export function t(key: string, variables: Words[Key] = null): string {
  return format(key, variables) ?? key;
}

/** The text of this name, if there is one: for names that a server chooses. */
export function tIfAny(key: string): string | null {
  return format(key, null);
}

function format(key: string, variables: Words[Key]): string | null {
  const pattern = bundle.getMessage(key)?.value;
  // Errors are collected, not thrown: what can be shown of a text is better than nothing.
  return pattern ? bundle.formatPattern(pattern, withPlainNumbers(variables), []) : null;
}

/** `1200`, not `1,200`: the core writes numbers so from the same catalogue. `numberText` groups where that helps. */
function withPlainNumbers(variables: Words[Key]): Record<string, FluentVariable> | null {
  if (variables === null) return null;
  const plain = (value: Value): FluentVariable =>
    typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, plain(value)]));
}
