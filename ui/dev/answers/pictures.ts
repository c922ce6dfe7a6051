// The answers about pictures that are prepared and sent.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

export function pictureAnswers(desk: PretendDesk) {
  return {
    prepare_picture: () => ({ ...desk.picture }),
    cancel_picture: () => null,
    cancel_upload: () => null,
    prepare_cached_picture: () => ({ ...desk.picture }),
  } satisfies Answers;
}
