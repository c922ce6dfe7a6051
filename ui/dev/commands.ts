// The types of the answers to commands.
import type { Commands, DeskError, PreparedPicture } from '../src/generated';

/** All commands. Those whose argument is the bytes of a file are not among the generated ones. */
type All = Commands & {
  prepare_picture: { takes: unknown; gives: PreparedPicture };
  say_with_file: { takes: unknown; gives: null };
};

/** The answers to commands. */
export type Answers = {
  [Name in keyof All]?: (takes: All[Name]['takes']) => All[Name]['gives'] | Promise<All[Name]['gives']>;
};

export function failure(part: Partial<DeskError>): DeskError {
  return { code: 'unexpected', message: 'Something went wrong.', way_out: 'Try again.', fields: {}, ...part };
}
