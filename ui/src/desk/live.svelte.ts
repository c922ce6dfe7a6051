// A question to the core that is asked again whenever its answer may have changed.
//
// At most one question is under way. The first change asks at once, so that a colleague's edit is seen
// without delay; changes that arrive meanwhile are answered together by one more question in the next
// frame. A burst of a thousand events therefore costs a few questions, not a thousand.
import type { Change } from '../generated/Change';
import { asFailure, type DeskFailure, onChange } from '../platform';

/** Calls back in the next frame, or shortly after while the window is not shown and draws no frames. */
function nextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
}

export class LiveQuery<Answer> {
  /** The last answer; kept while a newer one is being asked for. */
  value = $state.raw<Answer | null>(null);
  /** It was answered at least once: tells an empty answer from none. */
  answered = $state(false);
  /** Why the last question failed; null once it is answered again. */
  error = $state.raw<DeskFailure | null>(null);

  #ask: () => Promise<Answer>;
  #touches: (change: Change) => boolean;
  #running = false;
  #again = false;
  /** Those who wait for an answer to a question that is asked after their call. */
  #waiting: (() => void)[] = [];
  /** Grows with each `forget`: an answer for the person before is not shown to the next one. */
  #account = 0;
  #stop: (() => void) | null = null;

  constructor(ask: () => Promise<Answer>, touches: (change: Change) => boolean) {
    this.#ask = ask;
    this.#touches = touches;
  }

  /** Asks, and keeps asking after changes until the returned function is called. */
  start(): () => void {
    this.#stop?.();
    const stop = onChange((change) => {
      if (this.#touches(change)) void this.refresh();
    });
    this.#stop = stop;
    void this.refresh();
    return () => {
      stop();
      if (this.#stop === stop) this.#stop = null;
    };
  }

  /** Asks now, or right after the question that is under way. */
  async refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    const account = this.#account;
    try {
      const answer = await this.#ask();
      if (account === this.#account) {
        this.value = answer;
        this.answered = true;
        this.error = null;
      }
    } catch (thrown) {
      if (account === this.#account) this.error = asFailure(thrown);
    }
    for (const done of waiting) done();
    if (this.#again) {
      nextFrame(() => {
        this.#running = false;
        this.#again = false;
        // Nobody listens any more, except for those who were promised an answer.
        if (this.#stop || this.#waiting.length > 0) void this.refresh();
      });
    } else {
      this.#running = false;
    }
  }

  /** Asks, and waits for that answer: what was changed before the call is in it. */
  fresh(): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push(done);
      void this.refresh();
    });
  }

  /** Forgets the answer, for the next person who signs in. */
  forget(): void {
    this.#account += 1;
    this.value = null;
    this.answered = false;
    this.error = null;
  }
}
