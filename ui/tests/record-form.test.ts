import { describe, expect, it } from 'vitest';

import { TABLES } from '../dev/records';
import { Draft } from '../src/components/editor/draft.svelte';
import type { Datum, Fields, FieldValue } from '../src/generated';
import { moneyText } from '../src/messages/format';

const value = (name: string, datum: Datum): FieldValue => ({ field: name, value: datum });

function draftOf(fields: Fields, id: string | null = 'r'): Draft {
  const draft = new Draft('room_type', id);
  draft.follow(fields, TABLES.room_type);
  return draft;
}

describe('a draft of a record', () => {
  it('sends only the fields that were changed, each with what stood there at the beginning, in reading order', () => {
    const draft = draftOf({ name: 'Twin', code: 'TWN', max_occupancy: 2 });
    draft.type(value('max_occupancy', 3));
    draft.type(value('name', 'Twin r'));
    draft.type(value('name', 'Twin room'));
    draft.type(value('code', 'TWN'));
    expect(draft.edits).toEqual([
      { was: value('name', 'Twin'), now: value('name', 'Twin room') },
      { was: value('max_occupancy', 2), now: value('max_occupancy', 3) },
    ]);
    expect(draft.unsaved).toBe(2);
  });

  it('is never replaced in what is typed, and follows a colleague in every other field', () => {
    const draft = draftOf({ name: 'Twin', code: 'TWN' });
    draft.type(value('name', 'Twin room'));
    draft.follow({ name: 'Two beds', code: 'TW2' }, TABLES.room_type);
    draft.type(value('name', 'Twin rooms'));
    expect(draft.value('name').value).toBe('Twin rooms');
    expect(draft.value('code').value).toBe('TW2');
    expect(draft.theirs('name')).toEqual(value('name', 'Two beds'));
    expect(draft.theirs('code')).toBeNull();
    expect(draft.edits).toEqual([{ was: value('name', 'Twin'), now: value('name', 'Twin rooms') }]);
  });

  it('keeps money and coordinates as the texts that were typed', () => {
    const draft = draftOf({ starting_price_from: '119.10' });
    expect(draft.value('starting_price_from').value).toBe('119.10');
    draft.type(value('starting_price_from', '12345678.10'));
    expect(draft.content['starting_price_from']).toBe('12345678.10');
    expect(draft.edits[0]?.now).toEqual(value('starting_price_from', '12345678.10'));
  });

  it('has a value for every field of a new record', () => {
    const draft = draftOf({ currency: 'EUR' }, null);
    expect(draft.content).toMatchObject({ name: '', currency: 'EUR', max_occupancy: 0, is_active: true });
    expect(Object.keys(draft.content)).toHaveLength(TABLES.room_type.fields.length);
    expect(draft.dirty).toBe(false);
  });

  it('takes an empty entry of a list for none', () => {
    const draft = new Draft('branding', 'b');
    draft.follow({ amenities: ['Spa'] }, TABLES.branding);
    draft.type(value('amenities', ['Spa', '']));
    expect(draft.dirty).toBe(false);
    expect(draft.value('amenities').value).toEqual(['Spa', '']);
    draft.type(value('amenities', ['Spa', 'Sauna']));
    expect(draft.edits).toHaveLength(1);
  });

  it('shows what was saved until the core tells it anew', () => {
    const draft = draftOf({ name: 'Twin' });
    draft.type(value('name', 'Twin room'));
    draft.saved(draft.edits);
    expect(draft.value('name').value).toBe('Twin room');
    expect(draft.dirty).toBe(false);
  });
});

describe('a price', () => {
  it('is formatted from its digits, beyond what a float can hold', () => {
    expect(moneyText('119.00', 'EUR').replace(/\s/g, ' ')).toMatch(/€ ?119\.00|119,00 €/);
    expect(moneyText('90071992547409.93', 'EUR')).toContain('.93');
  });

  it('is shown as it is written where it is none', () => {
    expect(moneyText('from 119', 'EUR')).toBe('from 119 EUR');
    expect(moneyText('119.00', 'euro')).toBe('119.00 euro');
    expect(moneyText('119.00', '')).toBe('119.00');
  });
});
