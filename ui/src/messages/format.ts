// Formats dates, times and sizes in the words of the chosen language, by the customs of the chosen region.
//
// A day of an offer (`2026-11-30`) has no time zone: it is formatted in UTC, so it never shifts. A moment is shown in
// the zone of this PC, and a moment on duty in the hotel's.
import { t } from '.';
import { format, localeNow } from './speech.svelte';

const DAY = format((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));
const WEEKDAY = format(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const NUMERIC = format(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const TIME = format((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const WAIT = format((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' }));

/** Returns a day as a moment that may only be formatted with `timeZone: 'UTC'`. */
export function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** `30 Nov 2026` */
export function dayText(day: string): string {
  return DAY().format(dayAsDate(day));
}

/** Returns the first day of the week, from 1 for Monday to 7 for Sunday. */
export function firstWeekday(): number {
  const locale: Intl.Locale & WithWeek = new Intl.Locale(localeNow() ?? navigator.language);
  // Older web views have the property, newer ones the method, and some have neither.
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

interface WithWeek {
  weekInfo?: { firstDay: number };
  getWeekInfo?: () => { firstDay: number };
}

const REGION = format((locale) => new Intl.DisplayNames(locale ? [locale] : [], { type: 'region' }));

/** `Ireland`, for `IE`. */
export function regionName(region: string): string {
  return REGION().of(region) ?? region;
}

/** `Mon, 30 Nov 2026` */
export function weekdayText(day: string): string {
  return WEEKDAY().format(dayAsDate(day));
}

/** `30/11/2026`, in the order of the person's locale. */
export function dayNumeric(day: string): string {
  return NUMERIC().format(dayAsDate(day));
}

const MONTH = format((locale) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }));
const WEEKDAY_NAME = format((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }));

/** `November 2026`, for a day as a moment in UTC. */
export function monthText(day: Date): string {
  return MONTH().format(day);
}

/** `Mon`, for a day as a moment in UTC. */
export function weekdayName(day: Date): string {
  return WEEKDAY_NAME().format(day);
}

/** Formats the validity of an offer. */
export function validityText(from: string | null, to: string | null): string {
  if (from && to && from <= to) return DAY().formatRange(dayAsDate(from), dayAsDate(to));
  if (from && to) return `${dayText(from)} – ${dayText(to)}`;
  if (from) return t('offers-from', { day: dayText(from) });
  if (to) return t('offers-until', { day: dayText(to) });
  return t('offers-always');
}

/**
 * Reads a typed day: `2026-11-30`, or day, month and year in the order of the person's locale. A year of two digits is
 * in this century. Returns null for a text that is not a day of the calendar.
 */
export function parseDay(text: string): string | null {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?$/.exec(typed);
  if (!numbers) return null;
  const order = NUMERIC().formatToParts(new Date(0)).filter((part) =>
    ['day', 'month', 'year'].includes(part.type),
  );
  const found = { day: 0, month: 0, year: 0 };
  order.forEach((part, place) => {
    found[part.type as 'day' | 'month' | 'year'] = Number(numbers[place + 1]);
  });
  return calendarDay(found.year < 100 ? 2000 + found.year : found.year, found.month, found.day);
}

function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

/** `14:02` today, `20 Nov, 14:02` on another day. `zone` is an IANA name; the default is this PC's zone. */
export function momentText(moment: string, zone?: string, now = new Date()): string {
  const date = new Date(moment);
  const time = new Intl.DateTimeFormat(localeNow(), { timeStyle: 'short', timeZone: zone });
  const day = new Intl.DateTimeFormat(localeNow(), { day: 'numeric', month: 'short', timeZone: zone });
  const sameDay = day.format(date) === day.format(now) && Math.abs(now.getTime() - date.getTime()) < 86_400_000;
  return sameDay ? time.format(date) : `${day.format(date)}, ${time.format(date)}`;
}

/**
 * A moment on duty in the hotel's zone: `14:02` today, `14:02 yesterday`, `20 Nov, 14:02` on another day. The time of this
 * PC's zone is beside it where that differs: `14:02 at the hotel, 16:02 here`.
 */
export function dutyText(moment: string, zone?: string, now = new Date()): string {
  const date = new Date(moment);
  // Swedish days have the form 2026-11-30.
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone });
  const before = dayAsDate(day.format(now));
  before.setUTCDate(before.getUTCDate() - 1);
  const isYesterday = day.format(date) === before.toISOString().slice(0, 10);
  const time = new Intl.DateTimeFormat(localeNow(), { timeStyle: 'short', timeZone: zone }).format(date);
  const hotel = isYesterday ? t('duty-yesterday', { time }) : momentText(moment, zone, now);
  const here = TIME().format(date);
  return here === time ? hotel : t('duty-two-zones', { hotel, here });
}

interface Zoned {
  day: Intl.DateTimeFormat;
  short: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

const ZONES = format(() => new Map<string | undefined, Zoned>());

/** Returns the formats of a zone. Long lists use them, because each new format costs much time. */
function zoned(zone: string | undefined): Zoned {
  const zones = ZONES();
  const known = zones.get(zone);
  if (known) return known;
  const made = {
    // Swedish days have the form 2026-11-30.
    day: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone }),
    short: new Intl.DateTimeFormat(localeNow(), { day: 'numeric', month: 'short', timeZone: zone }),
    time: new Intl.DateTimeFormat(localeNow(), { timeStyle: 'short', timeZone: zone }),
  };
  zones.set(zone, made);
  return made;
}

/** Returns the day of a moment in a zone, as `2026-11-30`. */
export function dayIn(moment: string | number, zone?: string): string {
  return zoned(zone).day.format(new Date(moment));
}

/** `14:02`, in a zone. */
export function timeIn(moment: string, zone?: string): string {
  return zoned(zone).time.format(new Date(moment));
}

/** `14:02` today, `20 Nov` on another day. */
export function timeOrDayIn(moment: string, now: number, zone?: string): string {
  const { day, short, time } = zoned(zone);
  const date = new Date(moment);
  return day.format(date) === day.format(now) ? time.format(date) : short.format(date);
}

/** `Waiting for 7 minutes` */
export function waitingText(since: string, now: number): string {
  const minutes = Math.floor((now - new Date(since).getTime()) / 60_000);
  if (minutes < 1) return t('chat-waits-soon');
  if (minutes < 60) return t('chat-waits-minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('chat-waits-hours', { count: hours }) : t('chat-waits-days', { count: Math.floor(hours / 24) });
}

const SECONDS = format((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }));
const STAMP = format(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    }),
);
const WHOLE = format((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }));
const DAY_OF_YEAR = format((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));

/** `14:02:31` today, `20 Nov, 14:02:31` on another day. */
export function secondsText(moment: string, now = new Date()): string {
  const date = new Date(moment);
  const time = SECONDS().format(date);
  return date.toDateString() === now.toDateString() ? time : `${DAY_OF_YEAR().format(date)}, ${time}`;
}

/** `14:02:31.482`, for a log. */
export function stampText(moment: string): string {
  return STAMP().format(new Date(moment));
}

/** `21 Nov 2026, 14:02:31 UTC` */
export function wholeMomentText(moment: string): string {
  return WHOLE().format(new Date(moment));
}

const SHORT_TIME = format((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }));
const LONG_TIME = format((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }));

/** `12 ms`, `3.4 sec` */
export function durationText(milliseconds: number): string {
  return Math.abs(milliseconds) < 1000 ? SHORT_TIME().format(milliseconds) : LONG_TIME().format(milliseconds / 1000);
}

/** `14:02`, on this PC. */
export function timeText(moment: string): string {
  return TIME().format(new Date(moment));
}

/** Returns the day of a moment on this PC, as `2026-11-30`. */
export function dayOf(moment: string | number): string {
  const date = new Date(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `Today`, `Yesterday` or `Mon, 30 Nov 2026`. */
export function dayHeading(day: string, today: string): string {
  if (day === today) return t('activity-today');
  const before = dayAsDate(today);
  before.setUTCDate(before.getUTCDate() - 1);
  return day === before.toISOString().slice(0, 10) ? t('activity-yesterday') : weekdayText(day);
}

/** `in 12s`, `in 3 min.`, or `now` for a past moment. */
export function waitText(moment: string, now: number): string {
  const seconds = Math.max(0, Math.round((new Date(moment).getTime() - now) / 1000));
  return seconds < 90 ? WAIT().format(seconds, 'second') : WAIT().format(Math.round(seconds / 60), 'minute');
}

const NUMBER = format((locale) => new Intl.NumberFormat(locale));

/** `10,000` */
export function numberText(number: number): string {
  return NUMBER().format(number);
}

const BYTES = format((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'byte', unitDisplay: 'long' }));

/** `1.4 MB`, `86 kB`, `412 bytes` */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return BYTES().format(bytes);
  const unit = bytes >= 1_000_000 ? 'megabyte' : 'kilobyte';
  const amount = unit === 'megabyte' ? bytes / 1_000_000 : bytes / 1000;
  return new Intl.NumberFormat(localeNow(), {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(amount);
}

/**
 * `€119.00`. The amount is a decimal text from the server. It is never converted to a float if the web view formats
 * texts. A text that is not an amount, or a text without a currency, is returned unchanged.
 */
export function moneyText(amount: string, currency: string): string {
  const plain = `${amount} ${currency}`.trim();
  if (!/^\d+(\.\d{1,2})?$/.test(amount)) return plain;
  try {
    const format = new Intl.NumberFormat(localeNow(), { style: 'currency', currency });
    return format.format(amount as Intl.StringNumericLiteral);
  } catch {
    return plain;
  }
}
