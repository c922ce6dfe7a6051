// Reports to the core that a person uses the window. Without a report for some time, the core locks the desk.
import { command } from '../platform';

/** The shortest time between two reports, in milliseconds. */
const PAUSE = 10_000;
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Reports input until the returned function is called. */
export function reportInput(): () => void {
  let last = -Infinity;
  const report = (event: Event): void => {
    if (event.timeStamp - last < PAUSE) return;
    last = event.timeStamp;
    // A failure leaves the desk to its lock, and the next input reports again.
    command('note_input').catch(() => undefined);
  };
  for (const input of INPUTS) window.addEventListener(input, report, { capture: true, passive: true });
  return () => {
    for (const input of INPUTS) window.removeEventListener(input, report, { capture: true });
  };
}
