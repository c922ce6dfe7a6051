import { command } from '../../platform';

/**
 * HTML made harmless by the core, anew `rest` milliseconds after it changed; null until then, and where the core does
 * not answer: never the text as it came. Nothing is asked while `html` gives null. To be made while a component is made.
 */
export class Sanitised {
  value = $state.raw<string | null>(null);
  #asked = 0;

  constructor(html: () => string | null, rest: number) {
    $effect(() => {
      const text = html();
      if (text === null) return;
      const mine = ++this.#asked;
      const take = (safe: string | null): void => {
        if (mine === this.#asked) this.value = safe;
      };
      const ask = (): void => void command('sanitise_html', { html: text }).then(take, () => take(null));
      const timer = setTimeout(ask, text ? rest : 0);
      return () => clearTimeout(timer);
    });
  }
}
