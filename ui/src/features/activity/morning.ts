// Until when a night lasts for somebody who is not to be disturbed.

/** The next seven o’clock in the morning on this computer. */
export function nextMorning(now: Date): Date {
  const morningIn = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 7);
  return now < morningIn(0) ? morningIn(0) : morningIn(1);
}

/** Whole minutes until then; the last one counts as a whole. */
export function minutesUntil(moment: Date, now: Date): number {
  return Math.ceil((moment.getTime() - now.getTime()) / 60_000);
}
