// The answers about the duty of the people.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { NOW } from '../now';

export function dutyAnswers(desk: PretendDesk) {
  return {
    duty: () => desk.duty,
    team: () => desk.team,
    intend_duty: async ({ on }) => {
      desk.duty = { ...desk.duty, status: on ? 'on_duty' : 'off_duty', since: on ? NOW : null };
      await desk.notify({ topic: 'duty' });
      return null;
    },
    cancel_duty_intent: async () => {
      desk.duty = { ...desk.duty, intent: null };
      await desk.notify({ topic: 'duty' });
      return null;
    },
    dismiss_duty_notice: async () => {
      desk.duty = { ...desk.duty, notice: null };
      await desk.notify({ topic: 'duty' });
      return null;
    },
  } satisfies Answers;
}
