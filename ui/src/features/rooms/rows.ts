// The details of a record in a list row, besides its name.
import type { RecordView, Table } from '../../generated';
import { fieldLabel, valueText } from '../../lib/fields';
import type { SheetKind } from '../../lib/rooms';
import { t } from '../../messages';
import { moneyText } from '../../messages/format';
import { textOf } from './records.svelte';

export interface Row {
  code: string;
  about: string;
  price: string;
  guests: string;
}

/** The fields that every list shows in a separate place, or not at all. */
const APART = ['sort_order', 'is_active'];

export function rowOf(kind: SheetKind, record: RecordView, table: Table | null): Row {
  return kind === 'room_type' ? roomType(record) : { code: '', about: inOrder(record, table), price: '', guests: '' };
}

function roomType(record: RecordView): Row {
  const price = textOf(record, 'starting_price_from');
  const guests = record.fields['max_occupancy'];
  return {
    code: textOf(record, 'code'),
    about: textOf(record, 'bed_setup') || textOf(record, 'short_description'),
    price: price ? t('record-row-from', { price: moneyText(price, textOf(record, 'currency')) }) : '',
    guests: typeof guests === 'number' && guests > 0 ? t('record-row-guests', { count: guests }) : '',
  };
}

/** Returns the values of the fields after the name, in reading order; of switches, those that are on. */
function inOrder(record: RecordView, table: Table | null): string {
  const rules = (table?.fields ?? []).filter(({ name }) => name !== table?.marks[0] && !APART.includes(name));
  const words = rules.map(({ name, shape }) => {
    const value = record.fields[name];
    if (value === undefined || value === '' || value === false) return '';
    return shape === 'flag' ? fieldLabel(record.kind, name) : valueText({ field: name, value });
  });
  return words.filter(Boolean).join(' · ');
}
