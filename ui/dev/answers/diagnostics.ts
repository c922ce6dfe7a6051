// The answers about the diagnostics.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

export function diagnosticsAnswers(desk: PretendDesk) {
  return {
    diagnosis: () => desk.diagnosis,
    run_checks: async () => {
      await desk.diagnose({ running: true });
      await desk.diagnose({ running: false, checked_at: new Date().toISOString() });
      return null;
    },
    event_log: ({ after }) => ({
      entries: desk.events.filter(({ seq }) => seq > after),
      newest: desk.events.at(-1)?.seq ?? 0,
    }),
    reveal_event: ({ seq }) => desk.secrets.get(seq) ?? desk.events.find((one) => one.seq === seq)?.data ?? '',
    note_shown: ({ seqs }) => {
      desk.events = desk.events.map((entry) =>
        seqs.includes(entry.seq) ? { ...entry, shown_ms: Math.max(0, Date.now() - Date.parse(entry.at)) } : entry,
      );
      return null;
    },
    set_log_level: async ({ level }) => {
      await desk.diagnose({ log_level: level });
      return null;
    },
    support_file: () => ({ file: '/home/aoife/Downloads/hotelmate-support-2026-11-21.zip', entries: 6 }),
  } satisfies Answers;
}
