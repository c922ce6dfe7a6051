// The end of a night for do-not-disturb.

/** Returns the next seven o’clock in the morning on this computer. */
export function nextMorning(now: Date): Date {
  const morningIn = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 7);
  return now < morningIn(0) ? morningIn(0) : morningIn(1);
}

/** Returns the minutes until then, rounded up. */
export function minutesUntil(moment: Date, now: Date): number {
  return Math.ceil((moment.getTime() - now.getTime()) / 60_000);
}
