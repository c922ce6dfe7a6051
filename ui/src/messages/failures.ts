// The sentences of failures, for the help. The core makes them with its part of the catalogue, which the window reads
// only when the help is opened.
import { FluentBundle, FluentResource } from '@fluent/bundle';

import type { ErrorCode } from '../generated';
import { FAILURES } from '../generated/failures';
import { spoken } from './speech.svelte';

export interface FailureText {
  message: string;
  wayOut: string;
}

export const ERROR_CODES = Object.keys(FAILURES) as readonly ErrorCode[];

const FILES = import.meta.glob<string>('../../../words/{en,de}/core/{errors,shell}.ftl', {
  query: '?raw',
  import: 'default',
});

/** The sign for a value that only a real failure has. */
const GAP = '…';

/** Returns the sentences of each code in the current language. */
export async function failureTexts(): Promise<ReadonlyMap<ErrorCode, readonly FailureText[]>> {
  const language = spoken();
  const bundle = new FluentBundle(language, { useIsolating: false });
  const gaps: Record<string, string> = {};
  for (const [path, read] of Object.entries(FILES)) {
    if (!path.includes(`/${language}/`)) continue;
    const text = await read();
    bundle.addResource(new FluentResource(text));
    for (const [, name = ''] of text.matchAll(/\$(\w+)/g)) gaps[name] = GAP;
  }
  return new Map(ERROR_CODES.map((code) => [code, textsOf(bundle, FAILURES[code], gaps)]));
}

function textsOf(bundle: FluentBundle, keys: readonly string[], gaps: Record<string, string>): FailureText[] {
  const texts = keys.flatMap((key) => {
    const found = bundle.getMessage(key);
    const wayOut = found?.attributes['way-out'];
    if (!found?.value || !wayOut) return [];
    // Errors are collected and not thrown, so the readable part of a text is still shown.
    const [message, way] = [found.value, wayOut].map((pattern) =>
      bundle.formatPattern(pattern, gaps, []).replaceAll(`${GAP}.`, GAP),
    );
    return message && /\p{L}/u.test(message) ? [{ message, wayOut: way ?? '' }] : [];
  });
  return texts.filter(({ message }, place) => texts.findIndex((other) => other.message === message) === place);
}
