import { command } from '../../platform';

/**
 * HTML sanitised by the core, again `rest` milliseconds after each change. No request is sent while `html` returns
 * null. Create it while a component is being created.
 */
export class Sanitised {
  /** The last answer; null before the first one and after a failure. It is never the unsanitised text. */
  value = $state.raw<string | null>(null);
  /** The HTML of the last answer. */
  #of = $state.raw<string | null>(null);
  #html: () => string | null;
  #asked = 0;

  constructor(html: () => string | null, rest: number) {
    this.#html = html;
    $effect(() => {
      const text = html();
      if (text === null) return;
      const mine = ++this.#asked;
      const take = (safe: string | null): void => {
        if (mine !== this.#asked) return;
        this.value = safe;
        this.#of = text;
      };
      const ask = (): void => void command('sanitise_html', { html: text }).then(take, () => take(null));
      const timer = setTimeout(ask, text ? rest : 0);
      return () => clearTimeout(timer);
    });
  }

  /** The answer for the current HTML; null until it arrives. */
  get current(): string | null {
    return this.#of === this.#html() ? this.value : null;
  }
}
