// The answers about the settings.
import type { Finding } from '../../src/generated';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { findingOf } from '../diagnostics';
import { withValues } from '../settings';

function findings(address: string): Finding[] {
  const text = `The server at ${address} is a HotelMate server.`;
  return [findingOf({ check: 'server', text })];
}

export function settingsAnswers(desk: PretendDesk) {
  return {
    settings: () => desk.settings,
    set_settings: async ({ changes }) => {
      desk.settings = withValues(desk.settings, changes);
      await desk.notify({ topic: 'settings' });
      return null;
    },
    start_training: () => null,
    try_server: ({ address }) => ({ findings: findings(address), hotels: [] }),
    try_live: () => [findingOf({ check: 'socket', text: 'The live connection stands.' })],
    storage: () => ({ folder: '/home/mary/.local/share/hotelmatedesk', database_bytes: 4_200_000, pictures: 120, picture_bytes: 83_000_000 }),
    clear_pictures: () => ({ folder: '/home/mary/.local/share/hotelmatedesk', database_bytes: 4_200_000, pictures: 40, picture_bytes: 20_000_000 }),
  } satisfies Answers;
}
