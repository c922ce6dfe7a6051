// The answers about the state of the program.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

export function statusAnswers(desk: PretendDesk) {
  return {
    status: () => desk.status,
    send_now: async () => {
      await desk.setStatus({ saving: 0, waiting: 0 });
      return { left: desk.status.attention, reason: '' };
    },
    try_now: () => null,
    accept_absences: () => null,
    capabilities: () => desk.capabilities,
    answer_shell: () => null,
    end_program: () => null,
  } satisfies Answers;
}
