// The people of the pretended hotel.
import type { Colleague, TeamView } from '../src/generated';

export function colleagueOf(part: Partial<Colleague> & { id: number; name: string }): Colleague {
  return {
    department: 'Front Office',
    role: 'Receptionist',
    phone: '',
    picture: null,
    duty: 'off_duty',
    since: null,
    is_long: false,
    is_me: false,
    ...part,
  };
}

export function teamOf(...people: Colleague[]): TeamView {
  return { people, as_of: '2026-11-21T14:00:00Z', limited: null };
}

/** The team of a day, with a forgotten clock-out and a break. */
export function killarneyTeam(): TeamView {
  return teamOf(
    colleagueOf({ id: 1, name: 'Aoife O’Sullivan', is_me: true, phone: '+353 64 555 0101' }),
    colleagueOf({ id: 2, name: 'Rory Brosnan', duty: 'on_duty', since: '2026-11-20T09:05:00Z', is_long: true }),
    colleagueOf({ id: 3, name: 'Niamh Kelly', department: 'Housekeeping', role: 'Supervisor', duty: 'on_break', since: '2026-11-21T07:30:00Z', phone: '+353 64 555 0103' }),
    colleagueOf({ id: 4, name: 'Padraig Lynch', department: 'Kitchen', role: 'Head Chef', duty: 'on_duty', since: '2026-11-21T11:00:00Z' }),
    colleagueOf({ id: 5, name: 'Sinéad Fleming', department: '', role: '', duty: null }),
  );
}
