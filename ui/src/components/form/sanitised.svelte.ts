import { command } from '../../platform';

/**
 * HTML made harmless by the core, anew `rest` milliseconds after it changed. Nothing is asked while `html` gives null. To
 * be made while a component is made.
 */
export class Sanitised {
  /** The last answer; null before the first one, and where the core does not answer: never the text as it came. */
  value = $state.raw<string | null>(null);
  /** What that is an answer to. */
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

  /** The answer to what the HTML is now; null until it is there. */
  get current(): string | null {
    return this.#of === this.#html() ? this.value : null;
  }
}
