// A query to the core that is repeated whenever its answer may have changed.
//
// At most one request runs at a time. The first change starts one at once, so a colleague's edit appears without delay.
// Changes during a request are covered by one more request in the next frame. If the answer took longer than a frame,
// the next request waits for three times as long. A burst of a thousand events therefore costs a few requests, and most
// of the time is left to the core, which stores the events.
import type { Change, Kind, LocalId } from '../generated';
import { asFailure, type DeskFailure, onChange } from '../platform';

/** Returns true if the change is about this resource, and about this entity if `id` is given. */
export function isAbout(change: Change, resource: Kind, id: LocalId | null = null): boolean {
  return (
    change.topic === 'entities' &&
    change.resource === resource &&
    (id === null || change.ids === null || change.ids.includes(id))
  );
}

/** The longest time of an answer after which the next request follows without a pause, in milliseconds. */
const QUICK = 20;
/** The longest pause between two requests, in milliseconds. */
const LONGEST = 250;

/** Runs a callback in the next frame, or shortly after if the hidden window draws no frames. */
function nextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
}

/** Runs a callback in the next frame, or after a pause if the last answer took long. */
function afterPause(took: number, run: () => void): void {
  if (took <= QUICK) nextFrame(run);
  else setTimeout(run, Math.min(3 * took, LONGEST));
}

/** Running or due queries whose answers a person waits for. */
let underWay: { settled(): Promise<void> }[] = [];

/** Resolves once the answers include every change announced so far; at once if no query runs. */
export async function allSettled(): Promise<void> {
  await Promise.all(underWay.map((query) => query.settled()));
}

export class LiveQuery<Answer> {
  /** The last answer; kept until a newer one arrives. */
  value = $state.raw<Answer | null>(null);
  /** True after the first answer. It distinguishes an empty answer from a missing one. */
  answered = $state(false);
  /** The failure of the last request; null after the next answer. */
  error = $state.raw<DeskFailure | null>(null);

  #ask: () => Promise<Answer>;
  #touches: (change: Change) => boolean;
  #running = false;
  /** True while a request runs, not only while one is due. */
  #asking = false;
  #again = false;
  /** True if other code need not wait for this query, because it shows the desk's state and not the hotel's data. */
  #aside: boolean;
  /** Callers that wait for the answer to a request made after their call. */
  #waiting: (() => void)[] = [];
  /** Callers that wait for this number of further answers. */
  #watchers: { questions: number; done: () => void }[] = [];
  #stop: (() => void) | null = null;

  constructor(ask: () => Promise<Answer>, touches: (change: Change) => boolean, { aside = false } = {}) {
    this.#ask = ask;
    this.#touches = touches;
    this.#aside = aside;
  }

  /** Starts the query, and repeats it after changes until the returned function is called. */
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

  /** Requests now, or right after the running request. */
  async refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#asking = true;
    if (!this.#aside) underWay.push(this);
    const waiting = this.#waiting;
    this.#waiting = [];
    const began = performance.now();
    try {
      this.value = await this.#ask();
      this.answered = true;
      this.error = null;
    } catch (thrown) {
      this.error = asFailure(thrown);
    }
    const took = performance.now() - began;
    this.#asking = false;
    for (const done of waiting) done();
    this.#answer();
    if (this.#again) {
      // A person waits for the answer of `fresh`, so it is requested without a pause.
      afterPause(this.#waiting.length > 0 ? 0 : took, () => {
        this.#rest();
        this.#again = false;
        // Without listeners, only promised answers are still requested.
        if (this.#stop || this.#waiting.length > 0) void this.refresh();
        else this.#answer();
      });
    } else {
      this.#rest();
    }
  }

  #rest(): void {
    this.#running = false;
    underWay = underWay.filter((query) => query !== this);
  }

  /** Notifies the watchers that one more request was answered, or will never be sent. */
  #answer(): void {
    for (const watcher of this.#watchers) watcher.questions -= 1;
    const due = this.#watchers.filter(({ questions }) => questions <= 0);
    this.#watchers = this.#watchers.filter(({ questions }) => questions > 0);
    for (const { done } of due) done();
  }

  /** Resolves once the answer includes all changes before the call. It sends no request itself. */
  settled(): Promise<void> {
    const questions = Number(this.#asking) + Number(this.#again);
    if (questions === 0) return Promise.resolve();
    return new Promise((done) => this.#watchers.push({ questions, done }));
  }

  /** Requests, and waits for that answer, which includes all changes before the call. */
  fresh(): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push(done);
      void this.refresh();
    });
  }
}
