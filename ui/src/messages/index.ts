// The texts of the window. They stand in `words/` at the root of the project, in the format of Project Fluent, so that
// every part of the program can read the same catalogue.
import { FluentBundle, FluentResource } from '@fluent/bundle';

import type { Words } from '../generated/words';

/** The name of a text. */
export type Key = keyof Words;

/** The variables of a text, where it has any. */
type Variables<K extends Key> = Words[K] extends null ? [] : [variables: Words[K]];

const FILES: Record<string, string> = import.meta.glob('../../../words/en/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// Marks around variables would stand in what is copied and compared, and no text here mixes directions.
const bundle = new FluentBundle('en', { useIsolating: false });
for (const file of Object.values(FILES)) bundle.addResource(new FluentResource(file));

/** A text of the catalogue. A text that cannot be formatted shows its name. */
export function t<K extends Key>(key: K, ...[variables]: Variables<K>): string {
  const pattern = bundle.getMessage(key)?.value;
  // Errors are collected, not thrown: what can be shown of a text is better than nothing.
  return pattern ? bundle.formatPattern(pattern, variables ?? null, []) : key;
}

/** The texts without variables. */
type Plain = { [K in Key]: Words[K] extends null ? K : never }[Key];

/** Whether there is a text of this name: for names that a server chooses. */
export function isKey(name: string): name is Plain {
  return bundle.hasMessage(name);
}
