// A question to the core that is asked again whenever its answer may have changed.
//
// At most one question is under way. The first change asks at once, so that a colleague's edit is seen
// without delay; changes that arrive meanwhile are answered together by one more question in the next
// frame. A burst of a thousand events therefore costs a few questions, not a thousand.
import type { Change, Kind, LocalId } from '../generated';
import { asFailure, type DeskFailure, onChange } from '../platform';

/** Entities of this resource changed, or one of them where it is named. */
export function isAbout(change: Change, resource: Kind, id: LocalId | null = null): boolean {
  return (
    change.topic === 'entities' &&
    change.resource === resource &&
    (id === null || change.ids === null || change.ids.includes(id))
  );
}

/** Calls back in the next frame, or shortly after while the window is not shown and draws no frames. */
function nextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
}

/** Queries with a question under way, or one more to come, whose answers a person waits for. */
let underWay: { settled(): Promise<void> }[] = [];

/** Resolves once every change that was told so far is in the answers; at once while nothing is asked. */
export async function allSettled(): Promise<void> {
  await Promise.all(underWay.map((query) => query.settled()));
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
  /** A question is under way, not only the next one due. */
  #asking = false;
  #again = false;
  /** Others need not wait for it: it shows how the desk works, not what is in the hotel. */
  #aside: boolean;
  /** Those who wait for an answer to a question that is asked after their call. */
  #waiting: (() => void)[] = [];
  /** Those who wait until so many more questions are answered. */
  #watchers: { questions: number; done: () => void }[] = [];
  #stop: (() => void) | null = null;

  constructor(ask: () => Promise<Answer>, touches: (change: Change) => boolean, { aside = false } = {}) {
    this.#ask = ask;
    this.#touches = touches;
    this.#aside = aside;
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
    this.#asking = true;
    if (!this.#aside) underWay.push(this);
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      this.value = await this.#ask();
      this.answered = true;
      this.error = null;
    } catch (thrown) {
      this.error = asFailure(thrown);
    }
    this.#asking = false;
    for (const done of waiting) done();
    this.#answer();
    if (this.#again) {
      nextFrame(() => {
        this.#rest();
        this.#again = false;
        // Nobody listens any more, except for those who were promised an answer.
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

  /** Tells those who watch that one more question is answered, or will never be asked. */
  #answer(): void {
    for (const watcher of this.#watchers) watcher.questions -= 1;
    const due = this.#watchers.filter(({ questions }) => questions <= 0);
    this.#watchers = this.#watchers.filter(({ questions }) => questions > 0);
    for (const { done } of due) done();
  }

  /** Resolves once the changes of before the call are in the answer. Asks nothing by itself. */
  settled(): Promise<void> {
    const questions = Number(this.#asking) + Number(this.#again);
    if (questions === 0) return Promise.resolve();
    return new Promise((done) => this.#watchers.push({ questions, done }));
  }

  /** Asks, and waits for that answer: what was changed before the call is in it. */
  fresh(): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push(done);
      void this.refresh();
    });
  }
}
