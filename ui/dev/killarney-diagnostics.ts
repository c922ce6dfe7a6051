// The diagnostics of the pretended hotel.
import type { EventEntry, Finding } from '../src/generated';
import { arrive } from './changes';
import type { PretendDesk } from './desk';
import { diagnosisOf, entryOf, findingOf } from './diagnostics';

const CHANNELS = ['hotel-killarney', 'killarney-staff-4-notifications', 'killarney-room-204-chat'] as const;

/** Returns the whole checklist of a desk without failures. */
function allWell(): Finding[] {
  const detail = (name: string, value: string) => ({ name, value });
  return [
    findingOf({ check: 'name_resolution', text: 'The server’s name leads to an address.', details: [detail('Name', 'hotelmate.example'), detail('Addresses', '203.0.113.20, 2001:db8::14'), detail('Took', '11 ms')] }),
    findingOf({ check: 'tls', text: 'The server proves who it is.', details: [detail('Issued by', 'Example Trust R3'), detail('Valid until', '14 Jan 2027')] }),
    findingOf({ check: 'server', text: 'The server answers in 38 ms.', details: [detail('Address', 'https://hotelmate.example/api/'), detail('Status', '200')] }),
    findingOf({ check: 'server_clock', text: 'This computer’s clock and the server’s agree.', details: [detail('Difference', '0.2 s')] }),
    findingOf({ check: 'sign_in', text: 'The sign-in of aoife holds.' }),
    findingOf({ check: 'lists', text: 'All that the hotel has can be read.' }),
    findingOf({ check: 'live_name_resolution', text: 'The live server’s name leads to an address.', details: [detail('Name', 'ws-eu.live.example')] }),
    findingOf({ check: 'live_tls', text: 'The live server proves who it is.' }),
    findingOf({ check: 'socket', text: 'The live connection stands since 13:40.', details: [detail('Ping', '24 ms')] }),
    findingOf({ check: 'channels', text: 'All 3 channels are open.', details: CHANNELS.map((name) => detail(name, 'open')) }),
    findingOf({ check: 'chat', text: '4 conversations have their channels, and nothing is missing.', details: [detail('Room 101', 'killarney-conversation-1-chat is confirmed.')] }),
    findingOf({ check: 'latency', text: 'Events are shown 21 ms after they come.' }),
    findingOf({ check: 'outbox', text: 'Nothing waits.' }),
    findingOf({ check: 'database', text: 'The database is sound.', details: [detail('Size', '3.1 MB')] }),
    findingOf({ check: 'cache', text: '212 pictures are stored.', details: [detail('Size', '84 MB of 500 MB')] }),
  ];
}

const SAMPLES: Partial<EventEntry>[] = [
  { event: 'offer-updated', bytes: 684 },
  { channel: 'killarney-room-204-chat', event: 'new-staff-message', bytes: 318, masked: true, data: '{\n  "id": 4711,\n  "room_number": 204,\n  "staff_name": "•••",\n  "message": "•••••• (34 characters)",\n  "timestamp": "2026-11-21T14:02:31Z"\n}' },
  { channel: 'killarney-staff-4-notifications', event: 'clock-status-updated', bytes: 171, masked: true, data: '{\n  "user_id": 9,\n  "duty_status": "on_duty",\n  "first_name": "•••"\n}' },
  { channel: 'hotel-killarney', event: 'gallery-image-added', bytes: 240 },
  { channel: 'hotel-killarney', event: 'spa-booking-moved', outcome: 'unknown', bytes: 96, stored_ms: null, shown_ms: null, hotel_ms: null },
  { channel: 'hotel-kenmare', event: 'offer-updated', outcome: 'foreign', bytes: 655, stored_ms: null, shown_ms: null },
  { channel: 'hotel-killarney', event: 'room-type-updated', outcome: 'unreadable', bytes: 77, stored_ms: null, shown_ms: null, data: '{\n  "id": "twelve"\n}' },
];

const SECRET = '{\n  "id": 4711,\n  "room_number": 204,\n  "staff_name": "Aoife Byrne",\n  "message": "Your taxi is here. Shall it wait?",\n  "timestamp": "2026-11-21T14:02:31Z"\n}';

/** Fills the diagnostics. `down`: the live connection is lost. */
export function killarneyDiagnostics(desk: PretendDesk, scene: string, events = 60): void {
  const now = Date.now();
  const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();
  const down = scene === 'offline' || scene === 'live-down';
  const worse: Partial<Record<Finding['check'], Partial<Finding>>> = down
    ? {
        socket: { state: 'failed', text: 'The live server does not answer.', way_out: 'A firewall may block it: ask whoever runs the network to open port 443 to ws-eu.live.example.' },
        channels: { state: 'unknown', text: 'Channels are asked for when the live connection stands.' },
        server_clock: { state: 'warning', text: 'This computer’s clock is 4 minutes ahead.', way_out: 'Let the computer set its time by itself.' },
      }
    : {};
  desk.diagnosis = diagnosisOf({
    findings: allWell().map((finding) => ({ ...finding, ...worse[finding.check] })),
    checked_at: ago(95),
    socket: {
      state: down ? 'connecting' : 'live',
      since: ago(down ? 48 : 1320),
      last_cause: down ? 'the server did not answer in 10 seconds' : 'the network was lost',
      next_try: down ? new Date(now + 24_000).toISOString() : null,
      attempt: down ? 4 : 0,
      connections: 2,
      last_traffic: ago(down ? 48 : 2),
    },
    channels: CHANNELS.map((name, place) => ({
      name,
      state: down ? 'pending' : place === 2 ? 'failed' : 'confirmed',
      cause: !down && place === 2 ? 'The hotel refuses it: this account has no chat.' : null,
      last_event: place === 2 ? null : (SAMPLES[place]?.event ?? null),
      last_event_at: place === 2 ? null : ago(30 * place + 4),
      events: [128, 14, 0][place] ?? 0,
    })),
    latency: { events: 100, hotel_ms: 86, stored_ms: 3, shown_ms: 21, slowest_shown_ms: 148 },
  });
  desk.events = Array.from({ length: events }, (_, place) => {
    const at = new Date(now - (events - place) * 7300).toISOString();
    if (place % 19 === 0) return entryOf({ seq: place + 1, at, channel: null, event: place === 0 ? 'Connected' : 'The network was lost', outcome: 'connection', bytes: 0, data: '', hotel_ms: null, stored_ms: null, shown_ms: null });
    const sample = SAMPLES[(place * 5) % SAMPLES.length];
    const applied = (sample?.outcome ?? 'applied') === 'applied';
    return entryOf({ seq: place + 1, at, hotel_ms: 60 + ((place * 37) % 90), ...(applied && { stored_ms: 2 + (place % 5), shown_ms: 14 + ((place * 13) % 40) }), ...sample });
  });
  for (const { seq, event } of desk.events) if (event === 'new-staff-message') desk.secrets.set(seq, SECRET);
  desk.answers['run_checks'] = () => runSlowly(desk);
}

/** Adds the results of the checks one by one, as over a network. */
async function runSlowly(desk: PretendDesk): Promise<null> {
  await desk.diagnose({ running: true });
  for (let place = 0; place < desk.diagnosis.findings.length; place += 1) {
    await new Promise((done) => setTimeout(done, 160));
    await desk.diagnose({});
  }
  await desk.diagnose({ running: false, checked_at: new Date().toISOString() });
  return null;
}

/** Adds an event at each interval. */
export function live(desk: PretendDesk, every: number): void {
  let turn = 0;
  setInterval(() => {
    turn += 1;
    const sample = SAMPLES[turn % SAMPLES.length];
    const applied = (sample?.outcome ?? 'applied') === 'applied';
    void arrive(desk, { at: new Date().toISOString(), hotel_ms: 40 + (turn % 7) * 12, ...sample, shown_ms: null, stored_ms: applied ? 2 : null }).then((seq) => {
      if (sample?.event === 'new-staff-message') desk.secrets.set(seq, SECRET);
    });
  }, every);
}
