// The settings of this computer. They apply to the whole window, before a sign-in too.
import { getContext, setContext } from 'svelte';

import type { SettingView } from '../generated';
import { speak } from '../messages';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

const KEY = Symbol('settings');

export class Settings {
  query = new LiveQuery(
    () => command('settings'),
    ({ topic }) => topic === 'settings',
  );

  /** The name of the setting that was chosen last. */
  chosen: string | null = null;

  constructor() {
    $effect.pre(() => this.#apply());
  }

  start(): () => void {
    return this.query.start();
  }

  /** Returns the setting with this name, or null until the settings are known. */
  of(name: string): SettingView | null {
    return this.query.value?.settings.find((setting) => setting.name === name) ?? null;
  }

  /** Returns the value that applies, or an empty text. */
  valueOf(name: string): string {
    return this.of(name)?.value ?? '';
  }

  /** Saves values; null returns to the default. Resolves when they apply on the screen too. */
  async save(changes: Record<string, string | null>): Promise<void> {
    await command('set_settings', { changes: Object.entries(changes) });
    await this.query.fresh();
  }

  #apply(): void {
    const view = this.query.value;
    if (!view) return;
    speak(view.language, view.locale);
    const root = document.documentElement;
    root.style.setProperty('--text-scale', String(Number(this.valueOf('text_size')) / 100));
    root.dataset['density'] = this.valueOf('density');
  }
}

/** Provides the settings to every component below the one that is being created. */
export function provideSettings(settings: Settings): void {
  setContext(KEY, settings);
}

/** Returns the settings. It works only while a component is being created. */
export function theSettings(): Settings {
  return getContext<Settings>(KEY);
}
