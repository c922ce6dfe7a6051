import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { LiveQuery } from '../src/lib/live.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
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

test('while answers are quick, each frame has the newest one', async () => {
  const quick = new Counting(2);
  await quick.burst(1000);
  expect(quick.requests).toBeGreaterThanOrEqual(40);
  quick.end();
});
