// The help: its pages by role, and the place that is open. It works before a sign-in too.
import { getContext, setContext } from 'svelte';

import type { DeskError, ErrorCode } from '../generated';

const KEY = Symbol('help');

/** The pages of each role. Their texts are `help-…` and `help-…-steps` in the catalogue, a step a line. */
export const PAGES = {
  reception: ['chat', 'clock', 'pill', 'attention', 'lock', 'quiet'],
  manager: ['offer', 'several', 'file', 'undo', 'gallery', 'branding', 'display'],
  technician: ['connect', 'live', 'fixed', 'trouble', 'watch', 'training'],
} as const;

export type HelpRole = keyof typeof PAGES;
export type HelpPage = (typeof PAGES)[HelpRole][number];

/** A page, or an error code with the failure that a person asks about. An empty place is the start. */
export interface HelpPlace {
  page?: HelpPage;
  code?: ErrorCode;
  failure?: DeskError;
}

export class Help {
  /** The open place; null if the help is closed. */
  place = $state.raw<HelpPlace | null>(null);

  show(place: HelpPlace = {}): void {
    this.place = place;
  }
}

/** Provides the help to every component below the one that is being created. */
export function provideHelp(help: Help): void {
  setContext(KEY, help);
}

/** Returns the help, if there is one. It works only while a component is being created. */
export function theHelp(): Help | undefined {
  return getContext<Help | undefined>(KEY);
}
