import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import { asFailure, type DeskFailure } from '../platform';

/** Validation waits until the fingers rest, in milliseconds. */
const REST = 180;

interface Examined {
  readonly content: Fields;
  readonly live: Fields | null;
  errors: FieldErrors;
  examine(content: Fields): Promise<FieldErrors>;
}

/** The core knows the hotel's rules; it is asked while the person types. To be called while a component is made. */
export function examineWhileTyping(draft: () => Examined | null, onfailure: (failure: DeskFailure) => void): void {
  let asked = 0;
  $effect(() => {
    const examined = draft();
    if (!examined || examined.live === null) return;
    const content = examined.content;
    const mine = ++asked;
    const timer = setTimeout(() => {
      examined.examine(content).then(
        (errors) => {
          if (mine === asked) examined.errors = errors;
        },
        (thrown: unknown) => onfailure(asFailure(thrown)),
      );
    }, REST);
    return () => clearTimeout(timer);
  });
}
