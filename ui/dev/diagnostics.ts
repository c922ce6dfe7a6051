// The diagnostics of the fake desk: a checklist, a live connection and its events.
import type { Diagnosis, EventEntry, Finding } from '../src/generated';
import { NOW } from './now';

export function findingOf(part: Partial<Finding> & Pick<Finding, 'check'>): Finding {
  return { state: 'ok', text: 'It is as it should be.', way_out: null, details: [], ...part };
}

export function entryOf(part: Partial<EventEntry> & Pick<EventEntry, 'seq'>): EventEntry {
  return {
    at: '2026-11-21T14:02:31.482Z',
    channel: 'hotel-killarney.offers',
    event: 'offer-updated',
    outcome: 'applied',
    bytes: 412,
    data: '{\n  "id": 12,\n  "title": "Spa day"\n}',
    masked: false,
    hotel_ms: 84,
    stored_ms: 3,
    shown_ms: 21,
    ...part,
  };
}

export function diagnosisOf(part: Partial<Diagnosis> = {}): Diagnosis {
  return {
    findings: [
      findingOf({ check: 'server', text: 'The hotel’s server answers in 38 ms.' }),
      findingOf({ check: 'socket', text: 'The live connection stands.' }),
    ],
    running: false,
    checked_at: NOW,
    socket: {
      state: 'live',
      since: '2026-11-21T13:40:12Z',
      last_cause: null,
      next_try: null,
      attempt: 0,
      connections: 1,
      last_traffic: '2026-11-21T14:02:31Z',
    },
    channels: [],
    latency: null,
    log_level: 'info',
    reloads: [],
    ...part,
  };
}
