// The settings of the fake desk.
import type { SettingsView, SettingView } from '../src/generated';

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
