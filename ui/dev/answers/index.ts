// The answers of the fake desk to every command of the platform.
import { mockConvertFileSrc, mockIPC } from '@tauri-apps/api/mocks';

import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { activityAnswers } from './activities';
import { bulkAnswers } from './bulk';
import { chatAnswers } from './chat';
import { diagnosticsAnswers } from './diagnostics';
import { displayAnswers } from './display';
import { draftAnswers } from './drafts';
import { dutyAnswers } from './duty';
import { galleryAnswers } from './galleries';
import { offerAnswers } from './offers';
import { outboxAnswers } from './outbox';
import { peopleAnswers } from './people';
import { pictureAnswers } from './pictures';
import { recordAnswers } from './records';
import { settingsAnswers } from './settings';
import { statusAnswers } from './status';

function answersOf(desk: PretendDesk): Required<Answers> {
  return {
    ...activityAnswers(desk),
    ...bulkAnswers(desk),
    ...chatAnswers(desk),
    ...diagnosticsAnswers(desk),
    ...displayAnswers,
    ...draftAnswers(desk),
    ...dutyAnswers(desk),
    ...galleryAnswers(desk),
    ...offerAnswers(desk),
    ...outboxAnswers(desk),
    ...peopleAnswers(desk),
    ...pictureAnswers(desk),
    ...recordAnswers(desk),
    ...settingsAnswers(desk),
    ...statusAnswers(desk),
  };
}

/** Puts the desk in the place of the core. */
export function install(desk: PretendDesk): void {
  const usual: Answers = answersOf(desk);
  mockIPC(
    async (name, args) => {
      const taken = { ...((args ?? {}) as Record<string, unknown>) };
      // The draft of an intent depends on the typing speed, so a test sees it only if it asks for it.
      const from = name === 'save_draft' ? null : taken['draft'];
      if (name !== 'save_draft') delete taken['draft'];
      desk.calls.push({ name, args: args instanceof Uint8Array ? (args as never) : taken });
      // The core answers later, never within the call.
      await Promise.resolve();
      const answer = (desk.answers[name as keyof Answers] ?? usual[name as keyof Answers]) as ((takes: unknown) => unknown) | undefined;
      if (!answer) throw new Error(`no such command: ${name}`);
      const answered = await answer(args instanceof Uint8Array ? args : taken);
      if (typeof from === 'string') await desk.dropDraft(from);
      return answered;
    },
    { shouldMockEvents: true },
  );
  mockConvertFileSrc('linux');
}
