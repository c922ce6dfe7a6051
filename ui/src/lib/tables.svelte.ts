// The core's tables of the fields of records: their order, types, required fields, and the field that names a record.
import type { Kind, Rule, Table } from '../generated';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

const tables: Partial<Record<Kind, LiveQuery<Table>>> = {};

/** Returns the table of a kind. It never changes while the program runs. */
export function tableOf(kind: Kind): LiveQuery<Table> {
  return (tables[kind] ??= new LiveQuery(
    () => command('record_table', { kind }),
    () => false,
  ));
}

/** Returns the rule of a field, or undefined until the core has returned the table. */
export function ruleOf(kind: Kind, name: string): Rule | undefined {
  return tableOf(kind).value?.fields.find((rule) => rule.name === name);
}
