import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { LiveQuery } from '../src/lib/live.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A query of a counter that grows with each change. An answer takes some milliseconds. */
class Counting {
  changes = 0;
  requests = 0;
  readonly query: LiveQuery<number>;
  readonly #stop: () => void;

  constructor(milliseconds: number) {
    this.query = new LiveQuery(
      async () => {
        this.requests += 1;
        const answer = this.changes;
        await new Promise((answered) => setTimeout(answered, milliseconds));
        return answer;
      },
      () => false,
    );
    this.#stop = this.query.start();
  }

  /** Makes a change in each of so many milliseconds. */
  async burst(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1) {
      this.changes += 1;
      void this.query.refresh();
      await vi.advanceTimersByTimeAsync(1);
    }
  }

  end(): void {
    this.#stop();
  }
}

test('a burst of changes costs few requests if the answers are slow', async () => {
  const slow = new Counting(50);
  await slow.burst(1000);
  expect(slow.requests).toBeLessThanOrEqual(6);
  slow.end();
});

test('the last change of a burst is in the answer soon after it', async () => {
  const slow = new Counting(50);
  await slow.burst(1000);
  await vi.advanceTimersByTimeAsync(300);
  expect(slow.query.value).toBe(slow.changes);
  slow.end();
});

test('the wait for a frame does not make an answer slow', async () => {
  const quick = new Counting(18);
  await quick.burst(1000);
  expect(quick.requests).toBeGreaterThanOrEqual(25);
  quick.end();
});

test('a hidden window requests again after a quick answer as soon as without a pause', async () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const quick = new Counting(2);
  await quick.burst(1000);
  expect(quick.requests).toBeGreaterThanOrEqual(9);
  quick.end();
});

test('an answer that a person waits for is requested without a pause', async () => {
  const slow = new Counting(100);
  await vi.advanceTimersByTimeAsync(50);
  let has = false;
  void slow.query.fresh().then(() => (has = true));
  await vi.advanceTimersByTimeAsync(190);
  expect(has).toBe(true);
  slow.end();
});

test('while answers are quick, each frame has the newest one', async () => {
  const quick = new Counting(2);
  await quick.burst(1000);
  expect(quick.requests).toBeGreaterThanOrEqual(40);
  quick.end();
});
