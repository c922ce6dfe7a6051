/** Returns true if the text contains every one of these words. Upper and lower case are equal. */
export function hasWords(text: string, words: string): boolean {
  // A soft hyphen only marks where a word may be broken.
  const searched = text.replaceAll('\u00ad', '').toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => searched.includes(word));
}
