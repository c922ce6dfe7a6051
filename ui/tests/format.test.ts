import { describe, expect, it } from 'vitest';

import { dayNumeric, momentText, parseDay, validityText } from '../src/messages/format';

describe('a typed day', () => {
  it('is read in the ISO order', () => {
    expect(parseDay(' 2026-11-30 ')).toBe('2026-11-30');
  });

  it('is read as it is shown', () => {
    expect(parseDay(dayNumeric('2026-11-03'))).toBe('2026-11-03');
  });

  it('must be in the calendar', () => {
    expect(parseDay('2026-02-29')).toBeNull();
    expect(parseDay('2026-13-01')).toBeNull();
    expect(parseDay('soon')).toBeNull();
  });
});

describe('dates in words', () => {
  it('never shift with the time zone', () => {
    expect(validityText('2026-11-30', '2026-11-30')).toContain('30');
    expect(validityText(null, '2026-11-01')).toMatch(/1/);
    expect(validityText(null, '2026-11-01')).not.toMatch(/31/);
  });

  it('tell an open end', () => {
    expect(validityText(null, null)).toBe('No end date');
  });

  it('name the day of a moment that is not today', () => {
    const now = new Date('2026-11-21T15:00:00Z');
    expect(momentText('2026-11-21T14:02:00Z', 'UTC', now)).not.toMatch(/21/);
    expect(momentText('2026-11-20T09:05:00Z', 'UTC', now)).toMatch(/20/);
  });
});
