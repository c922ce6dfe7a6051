import { describe, expect, it } from 'vitest';

import { activityOf, guestWrote } from '../dev/activities';
import { Sounding } from '../src/features/activity/sounding';

const START = 1_000_000;

describe('the sound of a guest’s message', () => {
  it('is heard at most once in five seconds for one conversation', () => {
    const sounding = new Sounding();
    expect(sounding.of([guestWrote(1, 'a')], START)).toBe('guest');
    expect(sounding.of([guestWrote(2, 'a')], START + 4_999)).toBeNull();
    expect(sounding.of([guestWrote(3, 'a')], START + 5_000)).toBe('guest');
  });

  it('is heard for another conversation at once', () => {
    const sounding = new Sounding();
    expect(sounding.of([guestWrote(1, 'a')], START)).toBe('guest');
    expect(sounding.of([guestWrote(2, 'b')], START + 1)).toBe('guest');
  });

  it('is repeated 30 seconds after the last one, and not before', () => {
    const sounding = new Sounding();
    sounding.of([guestWrote(1, 'a')], START);
    expect(sounding.repeats(START + 29_999)).toBe(false);
    expect(sounding.repeats(START + 30_000)).toBe(true);
    expect(sounding.repeats(START + 30_001)).toBe(false);
  });
});

describe('the sound of colleagues’ changes', () => {
  it('is heard once for a burst, and again after a pause', () => {
    const sounding = new Sounding();
    const change = activityOf({ id: 1 });
    expect(sounding.of([change], START)).toBe('colleague');
    expect(sounding.of([change], START + 9_000)).toBeNull();
    expect(sounding.of([change], START + 18_000)).toBeNull();
    expect(sounding.of([change], START + 29_000)).toBe('colleague');
  });
});
