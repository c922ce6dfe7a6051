// The answers about unsaved drafts.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { NOW } from '../now';

export function draftAnswers(desk: PretendDesk) {
  return {
    drafts: () => desk.drafts,
    save_draft: async ({ draft }) => {
      const known = desk.drafts.some((other) => other.id === draft.id);
      const rest = desk.drafts.filter((other) => other.id !== draft.id);
      desk.drafts = [{ ...draft, saved_at: NOW, there: true }, ...rest];
      if (!known) await desk.notify({ topic: 'drafts' });
      return null;
    },
    discard_draft: async ({ id }) => {
      await desk.dropDraft(id);
      return null;
    },
  } satisfies Answers;
}
