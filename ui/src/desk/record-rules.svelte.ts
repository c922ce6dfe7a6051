// What the core knows of the fields of records: their order, their shapes, and which of them are needed.
import type { Rule } from '../generated/Rule';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';
import type { RecordKind } from './record-draft.svelte';

const never = () => false;

/** They never change while the program runs. */
export const rules: Record<RecordKind, LiveQuery<Rule[]>> = {
  room_type: new LiveQuery(() => command('record_rules', { kind: 'room_type' }), never),
  branding: new LiveQuery(() => command('record_rules', { kind: 'branding' }), never),
};

/** The rule of a field; where both kinds have it, it is the same one. Undefined until the core has told it. */
export function ruleOf(name: string): Rule | undefined {
  return [rules.room_type, rules.branding].flatMap((asked) => asked.value ?? []).find((rule) => rule.name === name);
}
