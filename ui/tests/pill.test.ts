import { describe, expect, it } from 'vitest';

import { PretendDesk } from '../dev/desk';
import { pillLook } from '../src/features/frame/pill';
import type { DeskStatus } from '../src/generated';
import { momentText } from '../src/messages/format';

const text = (part: Partial<DeskStatus>) => pillLook({ ...new PretendDesk().status, ...part }).text;

describe('the status pill', () => {
  it('says that all is saved, with the time of the last sync', () => {
    const moment = '2026-11-21T14:02:00Z';
    expect(text({ pill: 'saved', last_sync: moment })).toBe(`All saved · ${momentText(moment)}`);
  });

  it('does not say that all is saved while nothing was ever read', () => {
    expect(text({ pill: 'unknown', last_sync: null })).toBe('Reading from the hotel…');
    const read_failure = { code: 'server_trouble', message: 'The server failed.', way_out: '', fields: {} } as const;
    expect(text({ pill: 'unknown', last_sync: null, read_failure })).toBe('Not all could be read');
  });

  it('is neutral while it is not known whether the hotel can be reached', () => {
    const { status } = new PretendDesk();
    expect(pillLook({ ...status, pill: 'unknown', online: null })).toMatchObject({ text: 'Checking…', tone: 'busy' });
    expect(pillLook({ ...status, pill: 'unknown', online: null }, true)).toMatchObject({ tone: 'warn' });
  });

  it('is not green while the lists say how old they are', () => {
    const { status } = new PretendDesk();
    expect(pillLook({ ...status, pill: 'saved' }, true)).toMatchObject({ text: 'Saved · live updates interrupted', tone: 'warn' });
  });

  it('does not say that all is well while something of the hotel cannot be read', () => {
    for (const code of ['list_outage', 'unreadable_rows'] as const) {
      const notice = { code, message: '3 offers cannot be read.', way_out: '', fields: {} };
      expect(text({ pill: 'saved', notices: [notice] })).toBe('Saved · not all could be read');
    }
  });

  it('counts what is on its way, what waits and what needs a person', () => {
    expect(text({ pill: 'saving', saving: 3 })).toBe('Saving 3');
    expect(text({ pill: 'waiting', waiting: 1 })).toBe('1 waiting');
    expect(text({ pill: 'attention', attention: 1 })).toBe('1 needs attention');
    expect(text({ pill: 'attention', attention: 2 })).toBe('2 need attention');
  });

  it('says how much waits while the hotel cannot be reached', () => {
    expect(text({ pill: 'offline' })).toBe('Offline');
    expect(text({ pill: 'offline', waiting: 1 })).toBe('Offline · 1 waiting');
  });
});
