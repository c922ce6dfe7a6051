import { describe, expect, it } from 'vitest';

import { roomOf } from '../dev/records';
import { Draft } from '../src/components/editor/draft.svelte';
import { RecordList } from '../src/features/rooms/records.svelte';
import { rowOf } from '../src/features/rooms/rows';
import type { Rule, Shape, Table } from '../src/generated';
import type { SheetKind } from '../src/lib/rooms';
import { tableOf } from '../src/lib/tables.svelte';
import { Account, type Features } from '../src/lib/account.svelte';
import type { Session } from '../src/lib/session.svelte';

const rule = (name: string, shape: Shape): Rule => ({ name, shape, max: 0, required: false }) as Rule;

/** A list without texts and columns in the window. */
const KIND = 'lost_property' as SheetKind;
const TABLE: Table = {
  fields: [rule('text', 'text'), rule('room', 'line'), rule('found_on', 'line'), rule('handed_over', 'flag')],
  slots: [],
  marks: ['text', 'room'],
  can_be_made: true,
};
const FIND = roomOf({
  local_id: 'f1',
  fields: { text: 'Blue umbrella', room: '214', found_on: '', handed_over: true },
});

describe('A list that only its table describes', () => {
  it('says of each what stands in its other fields, and which switches are on', () => {
    const find = { ...FIND, fields: { text: 'Blue umbrella', room: '214', found_on: '', handed_over: true } };
    expect(rowOf(KIND, find, TABLE)).toEqual({ code: '', about: '214 · handed_over', price: '', guests: '' });
    expect(rowOf(KIND, { ...find, fields: { text: 'Blue umbrella', handed_over: false } }, TABLE).about).toBe('');
  });

  it('is called by its first mark, is searched by its texts, and has no order to be moved in', () => {
    tableOf(KIND).value = TABLE;
    const list = new RecordList(KIND, new Account({} as Session, {} as Features));
    list.query.value = { records: [FIND], as_of: null };
    expect(list.nameOf(FIND)).toBe('Blue umbrella');
    list.search = 'umbrella 214';
    expect(list.found).toHaveLength(1);
    list.search = 'earring';
    expect(list.found).toHaveLength(0);
    list.search = '';
    expect([list.ordered, list.movable]).toEqual([false, false]);
    tableOf(KIND).value = { ...TABLE, fields: [...TABLE.fields, rule('sort_order', 'number')] };
    expect([list.ordered, list.movable]).toEqual([true, true]);
    list.search = 'umbrella';
    expect(list.movable).toBe(false);
  });

  it('begins a new one with every switch off but the one that shows it to guests', () => {
    const draft = new Draft(KIND, null);
    draft.follow({}, { ...TABLE, fields: [...TABLE.fields, rule('is_active', 'flag')] });
    expect(draft.value('handed_over').value).toBe(false);
    expect(draft.value('is_active').value).toBe(true);
  });
});
