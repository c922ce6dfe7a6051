// The window in a browser, on a fake desk: `npm run dev`, then /dev/index.html. Parameters of the address set the data:
// ?offers=10000, ?pictures=2000, ?messages=10000, ?room=branding, ?open=room-1, ?tab=events,
// ?events=500, ?live=100 (an event every 100 ms; 0: never),
// ?scene=offline|live-down|attention|conflict|record-conflict|password|empty|loading|signed-out|read-only|no-removal|no-captions|busy|quiet,
// ?history opens the history.
import { install } from './answers';
import { PretendDesk } from './desk';
import { killarney, killarneyChat, killarneyGalleries, scene } from './killarney';
import { killarneyDiagnostics, live } from './killarney-diagnostics';
import { killarneyBranding, killarneyRooms } from './records';

const intent = new URLSearchParams(location.search);
const desk = new PretendDesk();
install(desk);
desk.offers = killarney(Number(intent.get('offers') ?? 14));
desk.galleries = killarneyGalleries(Number(intent.get('pictures') ?? 16));
desk.rooms = killarneyRooms();
killarneyChat(desk, Number(intent.get('messages') ?? 300));
desk.branding = killarneyBranding();
scene(desk, intent.get('scene') ?? '');
killarneyDiagnostics(desk, intent.get('scene') ?? '', Number(intent.get('events') ?? 60));
if (intent.get('live') !== '0') live(desk, Number(intent.get('live') ?? 2500));

const internals = (window as unknown as { __TAURI_INTERNALS__: { convertFileSrc: (hash: string) => string } })
  .__TAURI_INTERNALS__;
internals.convertFileSrc = (hash) => {
  const hue = parseInt(hash.slice(0, 3), 16) % 360;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 40"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 78%)"/><stop offset="1" stop-color="hsl(${hue + 40} 55% 90%)"/></linearGradient></defs><path fill="url(#s)" d="M0 0h64v40H0z"/><circle cx="${12 + (hue % 40)}" cy="11" r="5" fill="hsl(45 90% 80%)"/><path fill="hsl(${hue + 90} 25% 45%)" d="m0 30 14-12 12 9 13-14 25 18v9H0z"/><path fill="hsl(${hue + 110} 30% 32%)" d="M0 34q20-8 36 0t28-2v8H0z"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`;
};
Object.assign(window, { desk });

await import('../src/main');

/** Presses the element of this name, as soon as it exists. */
async function press(selector: string): Promise<void> {
  for (;;) {
    const button = document.querySelector<HTMLElement>(selector);
    if (button) {
      button.click();
      return;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}

await press(`[data-testid="rail-${intent.get('room') ?? 'offers'}"]`);
if (intent.has('tab')) await press(`[data-testid="tab-${intent.get('tab')}"]`);
if (intent.has('history')) await press('[data-testid="bell"]');
if (intent.has('open')) await press(`[data-id="${intent.get('open')}"] [data-main]`);
