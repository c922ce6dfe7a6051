// The answers about the people of this computer and their sign-in.
import { type Answers, failure } from '../commands';
import type { PretendDesk } from '../desk';

export function peopleAnswers(desk: PretendDesk) {
  return {
    session: () => desk.session,
    people: () => desk.people,
    handover: () => desk.handover,
    dismiss_handover: async () => {
      desk.handover = null;
      await desk.notify({ topic: 'people' });
      return null;
    },
    set_pin: () => null,
    switch_by_pin: () => null,
    switch_by_password: () => null,
    lock: () => null,
    note_input: () => null,
    sign_in_hints: () => ({ server: 'https://hotelmate.example', username: '' }),
    sign_in: () => {
      if (!desk.session) throw failure({ code: 'wrong_password' });
      return desk.session;
    },
    sign_in_again: () => {
      if (desk.session) desk.session = { ...desk.session, sign_in_needed: false };
      return null;
    },
    sign_out: async ({ choice }) => {
      const waiting = desk.items.length + desk.drafts.length > 0;
      if (choice === 'if_nothing_waits' && waiting) throw failure({ code: 'still_waiting' });
      desk.session = null;
      await desk.notify({ topic: 'session' });
      return null;
    },
  } satisfies Answers;
}
