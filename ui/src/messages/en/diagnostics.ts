// The texts of the diagnostics.
import type { ChannelState } from '../../generated/ChannelState';
import type { Check } from '../../generated/Check';
import type { EventOutcome } from '../../generated/EventOutcome';
import type { FindingState } from '../../generated/FindingState';
import type { LogLevel } from '../../generated/LogLevel';
import type { ReloadCause } from '../../generated/ReloadCause';

const things = (n: number): string => (n === 1 ? '1 thing needs a look.' : `${n} things need a look.`);

const checks: Record<Check, string> = {
  name_resolution: 'Server name',
  tls: 'Server certificate',
  server: 'Server',
  server_clock: 'Clock',
  sign_in: 'Sign-in',
  lists: 'The hotel’s lists',
  live_name_resolution: 'Live server name',
  live_tls: 'Live server certificate',
  socket: 'Live connection',
  channels: 'Channels',
  latency: 'Speed',
  outbox: 'Outbox',
  database: 'Database',
  cache: 'Pictures',
};

const liveDown = 'The live connection is down: changes of colleagues come with the next reading.';

/** What it means when a check has failed. */
const failures: Record<Check, string> = {
  name_resolution: 'The hotel’s server cannot be found: what you change waits on this computer.',
  tls: 'The hotel’s server cannot prove who it is: what you change waits on this computer.',
  server: 'The hotel’s server does not answer: what you change waits on this computer.',
  server_clock: 'This computer’s clock is wrong: times may be shown wrongly.',
  sign_in: 'The sign-in has ended: what you change waits until you sign in again.',
  lists: 'A part of the hotel cannot be read: what you see of it may be old.',
  live_name_resolution: liveDown,
  live_tls: liveDown,
  socket: liveDown,
  channels: 'Not every channel is open: some changes of colleagues come with the next reading.',
  latency: 'Changes of colleagues come late.',
  outbox: 'Something you changed does not get to the hotel.',
  database: 'The database on this computer is damaged.',
  cache: 'The stored pictures are damaged: some may not be shown.',
};

const states: Record<FindingState, string> = {
  ok: 'Works',
  warning: 'Needs a look',
  failed: 'Failed',
  unknown: 'Not checked',
};

const channelStates: Record<ChannelState, string> = {
  pending: 'Asked for',
  confirmed: 'Open',
  failed: 'Refused',
};

const outcomes: Record<EventOutcome, string> = {
  applied: 'Taken in',
  unknown: 'Unknown event',
  foreign: 'Not for this desk',
  unreadable: 'Not understood',
  connection: 'Connection',
};

const levels: Record<LogLevel, string> = {
  error: 'Errors',
  warn: 'Warnings',
  info: 'Info',
  debug: 'Debug',
  trace: 'Trace',
};

const levelHints: Record<LogLevel, string> = {
  error: 'Only what failed. Too little to find out why.',
  warn: 'What failed, and what is worth a look.',
  info: 'What happens, in short. Right for every day.',
  debug: 'Much more is written, for looking into a problem. Goes back to “Info” after a day.',
  trace: 'Every step is written: the log of the day is soon full, and then nothing more is written until tomorrow. Choose “Info” again when you are done; it comes by itself after a day.',
};

const reloadCauses: Record<ReloadCause, string> = {
  silent: 'it did not answer',
  died: 'a part of it had ended',
};

export const diagnostics = {
  title: 'Diagnostics',
  parts: 'Parts of the diagnostics',
  tabs: { checks: 'Checks', connection: 'Live connection', events: 'Live events' },
  rail: (n: number) => (n === 1 ? '1 check failed' : `${n} checks failed`),
  why: 'Why?',
  works: 'Everything works.',
  warnings: things,
  more: (n: number) => (n === 1 ? '1 more thing needs a look.' : `${n} more things need a look.`),
  checking: 'Checking…',
  partlyChecked: 'What could be checked works.',
  notChecked: 'Nothing has been checked yet.',
  again: 'Check again',
  checkedAt: (time: string) => `Last check ${time}`,
  neverChecked: 'No check yet',
  reloads: (n: number, cause: ReloadCause, time: string) =>
    `The window stopped working and was loaded again${n === 1 ? '' : ` ${n} times, the last time`} at ${time}, because ${reloadCauses[cause]}. What was typed is offered again.`,
  failed: 'The diagnosis cannot be shown',
  loading: 'Looking at the desk…',
  checks,
  failures,
  states,
  wayOut: 'What to do:',
  details: 'Details',
  detailsOf: (check: string) => `Details: ${check}`,
  connection: {
    none: 'There is no live connection',
    noneLead: 'No live server is set up for this desk. Changes of colleagues come with the next reading.',
    state: 'State',
    since: 'Since',
    cause: 'Last interruption',
    noCause: 'None',
    attempts: 'Attempts',
    next: 'Next attempt',
    noNext: 'None is due',
    connections: 'Connections since the start',
    traffic: 'Last sign of life',
    noTraffic: 'None yet',
  },
  channels: {
    title: 'Channels',
    none: 'No channel is asked for.',
    name: 'Channel',
    state: 'State',
    last: 'Last event',
    at: 'Came',
    count: 'Events',
    cause: 'Cause',
    nothing: 'None yet',
    states: channelStates,
  },
  latency: {
    title: 'How long events take',
    over: (n: number) => (n === 1 ? 'One event' : `Median of ${n} events`),
    hotel: 'From the hotel to this desk',
    stored: 'Until stored',
    shown: 'Until shown',
    slowest: 'Slowest until shown',
    none: 'No event has come yet.',
  },
  events: {
    search: 'Search the live events',
    searchHint: 'Search (press /)',
    channel: 'Channel',
    allChannels: 'All channels',
    connection: 'Connection',
    outcome: 'Outcome',
    allOutcomes: 'All outcomes',
    outcomes,
    pause: 'Pause',
    goOn: 'Go on',
    fresh: (n: number) => `${n} new`,
    freshHint: 'Show the newest',
    copyAll: 'Copy all shown',
    copyOne: 'Copy',
    copyRevealed: 'Copy with personal data',
    table: 'Live events, newest at the bottom',
    count: (shown: number, all: number) => {
      const events = all === 1 ? '1 event' : `${all} events`;
      return shown === all ? events : `${shown} of ${events}`;
    },
    time: 'Time',
    event: 'Event',
    size: 'Size',
    hotel: 'Hotel → desk',
    stored: '→ stored',
    drawn: '→ shown',
    none: 'Nothing has come yet',
    noneLead: 'What comes over the live connection shows here, and what happens to the connection itself.',
    nothing: 'Nothing matches',
    nothingLead: 'No event has these words, this channel and this outcome.',
    clearFilter: 'Show all events',
    noData: 'It carries no data.',
    reveal: 'Show personal data',
    revealHint: 'Names and texts are hidden. They are shown for this entry only, and hidden again when you leave this screen.',
    hide: 'Hide personal data',
    revealed: 'Personal data is shown.',
  },
  log: {
    title: 'Log',
    level: 'How much is written to the log',
    levels,
    hints: levelHints,
  },
  support: {
    title: 'Support file',
    lead: 'For whoever helps you: a zip file in your downloads, with',
    holds: [
      'these checks and the state of this desk',
      'the last live events: their names, sizes and times',
      'what waits to be sent, by its kind and reason',
      'the version, the settings and the log',
    ],
    leavesOut: 'Passwords, sign-ins, keys and personal texts are left out.',
    save: 'Save support file',
    busy: 'Saving…',
    written: (n: number) => (n === 1 ? '1 file packed into' : `${n} files packed into`),
  },
};
