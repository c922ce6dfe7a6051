// The day and the moment of the data of the fake desk.
export const TODAY = '2026-11-21';
export const NOW = `${TODAY}T14:02:00Z`;
