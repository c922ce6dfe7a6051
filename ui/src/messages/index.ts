// The texts of the window. They are in `words/` at the root of the project, in the format of Project Fluent, so that
// every part of the program reads the same catalogue.
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';

import type { Value, Words } from '../generated/words';
import { type Language, spoken } from './speech.svelte';

export { speak, spoken } from './speech.svelte';

/** The key of a text. */
export type Key = keyof Words;

/** The keys of the texts without variables. */
type Plain = { [K in Key]: Words[K] extends null ? K : never }[Key];

const FILES: Record<string, string> = import.meta.glob('../../../words/{en,de}/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const bundles: Record<Language, FluentBundle> = { en: bundleOf('en'), de: bundleOf('de') };

function bundleOf(language: Language): FluentBundle {
  // Isolation marks around variables would be part of copied and compared text, and no text here mixes directions.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const [path, file] of Object.entries(FILES)) {
    if (path.includes(`/${language}/`)) bundle.addResource(new FluentResource(file));
  }
  return bundle;
}

/** Returns a name as it stands inside of a sentence: with a small letter in English, unchanged in German. */
export function inSentence(name: string): string {
  return spoken() === 'en' ? name.toLowerCase() : name;
}

/** Returns a text of the catalogue. */
export function t(key: Plain): string;
export function t<K extends Exclude<Key, Plain>>(key: K, variables: Words[K]): string;
export function t(key: string, variables: Words[Key] = null): string {
  return format(key, variables) ?? key;
}

/** Returns the text of this key if it exists. It is for keys that contain a server's name. */
export function tIfAny(key: string): string | null {
  return format(key, null);
}

function format(key: string, variables: Words[Key]): string | null {
  const bundle = bundles[spoken()];
  const pattern = bundle.getMessage(key)?.value;
  // Errors are collected and not thrown, so the readable part of a text is still shown.
  return pattern ? bundle.formatPattern(pattern, withPlainNumbers(variables), []) : null;
}

/**
 * Formats numbers as `1200`, not `1,200`, as the core does with the same catalogue. `numberText` adds separators where
 * needed.
 */
function withPlainNumbers(variables: Words[Key]): Record<string, FluentVariable> | null {
  if (variables === null) return null;
  const plain = (value: Value): FluentVariable =>
    typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, plain(value)]));
}
