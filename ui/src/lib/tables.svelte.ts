// What the core knows of the fields of records: their order, their shapes, which of them are needed, and what one is
// called by.
import type { Kind, Rule, Table } from '../generated';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

const tables: Partial<Record<Kind, LiveQuery<Table>>> = {};

/** The table of a kind. It never changes while the program runs. */
export function tableOf(kind: Kind): LiveQuery<Table> {
  return (tables[kind] ??= new LiveQuery(
    () => command('record_table', { kind }),
    () => false,
  ));
}

/** The rule of a field. Undefined until the core has told it. */
export function ruleOf(kind: Kind, name: string): Rule | undefined {
  return tableOf(kind).value?.fields.find((rule) => rule.name === name);
}
