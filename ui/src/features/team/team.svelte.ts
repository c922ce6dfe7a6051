// The team, its search and its filter by duty.
import type { Colleague, DutyStatus, TeamView } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { command } from '../../platform';

/** The states of duty in the order of the filter. */
export const STATES: readonly DutyStatus[] = ['on_duty', 'on_break', 'off_duty'];

export interface Department {
  /** Empty for people without a department. */
  name: string;
  people: Colleague[];
}

export class Team {
  readonly query: LiveQuery<TeamView>;
  search = $state('');
  state = $state<DutyStatus | null>(null);

  constructor(account: Account) {
    this.query = new LiveQuery(
      () => command('team'),
      // The age of the list, and whether it can be read, are announced with the status.
      (change) => isAbout(change, 'staff') || ['duty', 'capabilities', 'status'].includes(change.topic),
    );
    account.onEnd(this.query.start());
  }

  /** Shows only people in this state; null shows all. */
  filter(state: DutyStatus | null): void {
    this.state = state;
  }

  /** The people who match the search. */
  get found(): Colleague[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const text = ({ name, department, role, phone }: Colleague): string => `${name} ${department} ${role} ${phone}`.toLowerCase();
    return (this.query.value?.people ?? []).filter((person) => words.every((word) => text(person).includes(word)));
  }

  count(state: DutyStatus): number {
    return this.found.filter(({ duty }) => duty === state).length;
  }

  /** The people on the screen, by department in the order of the core. */
  get departments(): Department[] {
    const shown = this.found.filter(({ duty }) => this.state === null || duty === this.state);
    const names = shown.map(({ department }) => department).filter((name, place, all) => all.indexOf(name) === place);
    return names.map((name) => ({ name, people: shown.filter(({ department }) => department === name) }));
  }
}

/** Returns the first letters of the first and the last name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return ends.map((part) => [...(part ?? '')][0]?.toUpperCase() ?? '').join('');
}
