// The language of texts, and the locale of dates and numbers. Both follow the settings, without a restart: texts and
// formats in templates are made again when they change.

/** The languages of the catalogue, by the names of their folders. */
export type Language = 'en' | 'de';

let language = $state<Language>('en');
let locale = $state<string | undefined>(undefined);

/** Makes texts in this language, and formats dates and numbers by this language tag. */
export function speak(tongue: string, tag: string): void {
  language = tongue === 'de' ? 'de' : 'en';
  locale = tag;
  document.documentElement.lang = language;
}

/** Returns the language of texts. */
export function spoken(): Language {
  return language;
}

/** Returns the language tag of dates and numbers; undefined is the one of the web view. */
export function localeNow(): string | undefined {
  return locale;
}

/**
 * Returns a function that gives the format of the current locale. A format is made once for each locale, because that
 * costs much time.
 */
export function format<Format>(make: (locale: string | undefined) => Format): () => Format {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- only the locale decides which format is used
  const made = new Map<string | undefined, Format>();
  return () => {
    const known = made.get(locale);
    if (known !== undefined) return known;
    const fresh = make(locale);
    made.set(locale, fresh);
    return fresh;
  };
}
