// The settings of the fake desk.
import type { Finding, SettingsView, SettingView } from '../src/generated';
import { findingOf } from './diagnostics';
import type { Answers, PretendDesk } from './desk';

/** The locale of the browser, by which texts of tests are formatted too. */
const LOCALE = new Intl.DateTimeFormat().resolvedOptions().locale;

const SETTINGS: (Pick<SettingView, 'name' | 'area'> & Partial<SettingView>)[] = [
  { name: 'server', area: 'connection', value: 'https://hotel.example/' },
  { name: 'hotel', area: 'connection' },
  { name: 'time_zone', area: 'connection', default: 'Europe/Dublin' },
  { name: 'pusher_key', area: 'connection' },
  { name: 'pusher_cluster', area: 'connection' },
  { name: 'pusher_host', area: 'connection' },
  { name: 'theme', area: 'appearance', choices: ['system', 'light', 'dark'] },
  { name: 'text_size', area: 'appearance', choices: ['100', '115', '130', '150', '175', '200'] },
  { name: 'density', area: 'appearance', choices: ['comfortable', 'compact'] },
  { name: 'language', area: 'language', choices: ['system', 'en', 'de'] },
  { name: 'region', area: 'language', default: 'system' },
];

export function settingsOf(): SettingsView {
  const settings = SETTINGS.map((part) => {
    const normal = part.default ?? part.choices?.[0] ?? '';
    return { default: normal, value: normal, source: 'default', locked: false, choices: [], ...part } satisfies SettingView;
  });
  return { settings, language: 'en', locale: LOCALE, training: null, version: '0.1.0', problems: [] };
}

/** Returns the settings with these values in place of the present ones. */
export function withValues(view: SettingsView, changes: Iterable<[string, string | null]>): SettingsView {
  const values = new Map(changes);
  const settings = view.settings.map((setting): SettingView => {
    if (!values.has(setting.name)) return setting;
    const value = values.get(setting.name) ?? null;
    return { ...setting, value: value ?? setting.default, source: value === null ? 'default' : 'own' };
  });
  const of = (name: string): string => settings.find((setting) => setting.name === name)?.value ?? '';
  const language = of('language') === 'de' ? 'de' : 'en';
  const locale = of('region') === 'system' ? LOCALE : `${language}-${of('region')}`;
  return { ...view, settings, language, locale };
}

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
  } satisfies Partial<Answers>;
}
