import { describe, expect, it } from 'vitest';

import { dayNumeric, dutyText, momentText, parseDay, sizeText, validityText } from '../src/messages/format';

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

describe('the size of a file', () => {
  it('has its unit after a space', () => {
    expect([8, 86_400, 1_440_000].map(sizeText)).toEqual(['8 bytes', '86 kB', '1.4 MB']);
  });
});

describe('a moment on duty', () => {
  const now = new Date('2026-11-21T15:00:00Z');
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

  it('is a time of the hotel, with the day if that is another one', () => {
    expect(dutyText(now.toISOString(), timeZone, now)).not.toMatch(/yesterday|here|21/);
    const before = new Date(now.getTime() - 24 * 3_600_000).toISOString();
    expect(dutyText(before, timeZone, now)).toMatch(/ yesterday$/);
    expect(dutyText('2026-11-03T09:05:00Z', timeZone, now)).toMatch(/3/);
  });

  it('has the time of this PC beside it where the zones differ', () => {
    const zone = timeZone === 'Asia/Tokyo' ? 'UTC' : 'Asia/Tokyo';
    expect(dutyText('2026-11-21T14:02:00Z', zone, now)).toMatch(/ at the hotel, .* here$/);
    // 21 November begins in Tokyo at 15:00 UTC.
    if (zone === 'Asia/Tokyo') expect(dutyText('2026-11-20T14:30:00Z', zone, now)).not.toMatch(/yesterday/);
    if (zone === 'Asia/Tokyo') expect(dutyText('2026-11-20T15:30:00Z', zone, now)).toMatch(/yesterday/);
  });

  it('keeps its day over a change of the clocks', () => {
    // In Dublin the clocks went back on 25 October 2026 at 01:00 UTC.
    const morning = new Date('2026-10-25T07:00:00Z');
    expect(dutyText('2026-10-24T20:30:00Z', 'Europe/Dublin', morning)).toMatch(/(21:30|9:30 PM) yesterday/);
    expect(dutyText('2026-10-25T00:30:00Z', 'Europe/Dublin', morning)).toMatch(/1:30/);
    expect(dutyText('2026-10-25T01:30:00Z', 'Europe/Dublin', morning)).toMatch(/1:30/);
  });
});
