// The entries of the help: the pages of each role, and the error codes.
import type { ErrorCode } from '../../generated';
import { type HelpPlace, type HelpRole, PAGES } from '../../lib/help.svelte';
import { hasWords } from '../../lib/matching';
import { t } from '../../messages';
import type { FailureText } from '../../messages/failures';

export interface Entry {
  key: string;
  title: string;
  /** The steps of a page, or the sentences of an error code. */
  lines: readonly string[];
  place: HelpPlace;
}

export interface Group {
  role: HelpRole | 'errors';
  entries: Entry[];
}

/** Returns all entries, in the order of the help. */
export function allGroups(failures: ReadonlyMap<ErrorCode, readonly FailureText[]>): Group[] {
  const roles = Object.entries(PAGES) as [HelpRole, (typeof PAGES)[HelpRole]][];
  const pages = roles.map(([role, names]): Group => ({
    role,
    entries: names.map((page) => ({
      key: page,
      title: t(`help-${page}`),
      lines: t(`help-${page}-steps`).split('\n'),
      place: { page },
    })),
  }));
  const codes = [...failures].map(([code, texts]): Entry => ({
    key: code,
    title: code,
    lines: texts.flatMap(({ message, wayOut }) => [message, wayOut]),
    place: { code },
  }));
  return [...pages, { role: 'errors', entries: codes }];
}

/** Returns the entries with all of these words, without empty groups. */
export function groupsWith(groups: readonly Group[], words: string): Group[] {
  return groups
    .map(({ role, entries }) => ({
      role,
      entries: entries.filter(({ title, lines }) => hasWords([title, ...lines].join(' '), words)),
    }))
    .filter(({ entries }) => entries.length > 0);
}
