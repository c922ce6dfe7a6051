// What a person types into a room type or into the branding.
import type { Datum } from '../generated/Datum';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import type { Rule } from '../generated/Rule';
import type { Slot } from '../generated/Slot';
import type { Table } from '../generated/Table';
import { type Door, doorTo } from './doors';
import { Draft } from './draft.svelte';
import { textOf } from './fields';

/** What is edited in a form that its table of fields draws. */
export type RecordKind = Exclude<Kind, 'offer' | 'gallery'>;

/** Every place for a picture: which of them a record has, its table says. */
const SLOTS: readonly Slot[] = ['photo', 'hero_image', 'landing_page_image', 'logo'];

/** The value of a field that is not there. A new entity is shown to guests; any other switch begins off. */
export function emptyOf({ name, shape }: Pick<Rule, 'name' | 'shape'>): Datum {
  if (shape === 'number') return 0;
  if (shape === 'flag') return name === 'is_active';
  if (shape === 'days') return { from: null, to: null };
  return shape === 'list' ? [] : '';
}

/** A record before anything is typed. */
export function blankOf(rules: readonly Rule[]): Fields {
  return Object.fromEntries(rules.map((rule) => [rule.name, emptyOf(rule)]));
}

export class RecordDraft extends Draft {
  readonly kind: RecordKind;
  readonly about: RecordKind;
  readonly door: Door;
  /** What the core knows of its fields; null until it has told them. */
  table = $state.raw<Table | null>(null);

  constructor(kind: RecordKind, id: LocalId | null) {
    super(id, SLOTS);
    this.kind = kind;
    this.about = kind;
    this.door = doorTo(kind);
  }

  /** The record changed, here or at a colleague's desk. */
  follow(live: Fields, table: Table): void {
    this.table = table;
    this.show({ ...blankOf(table.fields), ...live });
  }

  get rules(): readonly Rule[] {
    return this.table?.fields ?? [];
  }

  override get title(): string {
    return this.table?.can_be_made ? this.text(this.table.marks[0]) : '';
  }

  /** What a field holds now, typed or not. */
  datum(name: string): Datum {
    return this.value(name).value;
  }

  /** The text of a field; empty where it is none. */
  text(name: string): string {
    return textOf(this.datum(name));
  }

  /** The core refuses what is wrong in the fields that are sent; what stands at the hotel already is not ours. */
  override async examine(content: Fields): Promise<FieldErrors> {
    const errors = await super.examine(content);
    if (this.id === null) return errors;
    const typed = this.edits.map((edit) => edit.now.field);
    return Object.fromEntries(Object.entries(errors).filter(([name]) => typed.includes(name)));
  }

  protected override get names(): readonly string[] {
    return this.rules.map((rule) => rule.name);
  }

  protected override get blank(): Fields {
    return blankOf(this.rules);
  }
}
