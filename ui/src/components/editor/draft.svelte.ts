// What a person types into an entity of the hotel, kept apart from what the entity is.
//
// A field that was not touched shows the entity as it is now, colleagues' changes included. With the first
// keystroke it becomes theirs: the value that stood there is kept as `was`, and nothing that arrives later
// replaces what is typed. Only touched fields that differ from `was` are sent, so that a save never
// overwrites a colleague's work in another field, and the core can tell when both changed the same one.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type {
  Datum, DraftId, FieldEdit, FieldErrors, Fields, FieldValue, LocalId, Rule, Slot, Table,
} from '../../generated';
import { partsOf, sameValue, textOf } from '../../lib/fields';
import type { RecordKind } from '../../lib/rooms';
import { command } from '../../platform';
import { PictureDraft } from '../picture/picture-draft.svelte';
import { Keeper, type Keeping, type Typed } from './keeping.svelte';
import type { Kept, Memo, Unfinished } from './memo';

/** Every place for a picture: which of them a record has, its table says. */
const SLOTS: readonly Slot[] = ['photo', 'hero_image', 'landing_page_image', 'logo'];

/** The value of a field that is not there. A new entity is shown to guests; any other switch begins off. */
function emptyOf({ name, shape }: Pick<Rule, 'name' | 'shape'>): Datum {
  if (shape === 'number') return 0;
  if (shape === 'flag') return name === 'is_active';
  if (shape === 'days') return { from: null, to: null };
  return shape === 'list' ? [] : '';
}

/** A record before anything is typed. */
export function blankOf(rules: readonly Rule[]): Fields {
  return Object.fromEntries(rules.map((rule) => [rule.name, emptyOf(rule)]));
}

export type Outcome = 'saved' | 'unchanged' | 'wrong';

export class Draft {
  /** What it is about. */
  readonly about: RecordKind;
  /** The entity; null for a new one. */
  readonly id: LocalId | null;
  /** What the core knows of its fields; null until it has told them. */
  table = $state.raw<Table | null>(null);
  /** The entity as it is now; for a new one it stays blank. Null until it was read. */
  live = $state.raw<Fields | null>(null);
  /** What is wrong with what is typed. */
  errors = $state.raw<FieldErrors>({});
  /** The person tried to save: from now on empty fields are errors too. */
  attempted = $state(false);
  /** What was chosen for each of its pictures' places. */
  readonly pictures = SLOTS.map((slot) => ({ slot, chosen: new PictureDraft() }));
  /** Keeps what is typed in the core; null where nobody began it. */
  keeper: Keeper | null = null;

  /** The third texts that are written where this entity clashes, by the key of what clashes. */
  readonly thirds = new SvelteMap<string, FieldValue>();

  #edits = new SvelteMap<string, FieldEdit>();
  #unfinished = new SvelteMap<string, Unfinished>();
  /** What was typed before, and comes back as soon as the entity is here. */
  #before = $state.raw<Memo | null>(null);
  /** What came back for fields that this hotel's server does not have now: it is kept on with the rest. */
  #homeless: FieldEdit[] = [];
  /** Grows when something came back: fields that hold a text of their own are drawn anew. */
  round = $state(0);

  constructor(about: RecordKind, id: LocalId | null) {
    this.about = about;
    this.id = id;
  }

  get rules(): readonly Rule[] {
    return this.table?.fields ?? [];
  }

  get #blank(): Fields {
    return blankOf(this.rules);
  }

  /** What a person calls it. */
  get title(): string {
    return this.table?.can_be_made ? this.text(this.table.marks[0]) : '';
  }

  #read(content: Fields, name: string): FieldValue {
    return { field: name, value: content[name] ?? this.#blank[name] ?? '' };
  }

  #rule(name: string): Rule | undefined {
    return this.rules.find((rule) => rule.name === name);
  }

  /** The field to which an error of this name belongs. */
  #fieldOf(errorName: string): string {
    return this.rules.find((rule) => partsOf(rule).includes(errorName))?.name ?? errorName;
  }

  /** What is typed from now on is kept. */
  begin(keeping: Keeping): void {
    this.keeper = new Keeper(keeping, () => this.typed);
  }

  /** Goes on where a kept draft ended. What is typed here already stays. */
  resume({ draft, memo }: Kept): void {
    this.keeper?.take(draft.id);
    this.#before = memo;
    this.#takeUp();
  }

  /** It is not open any more. What was saved or left is not kept; what has not come back yet stays. */
  close(): void {
    for (const { chosen } of this.pictures) chosen.preparation.cancel();
    const { keeper } = this;
    this.keeper = null;
    // A third text is no edit: nobody was asked about it, so it stays too.
    if (this.thirds.size > 0) void keeper?.keep().then(() => keeper.end());
    else if (this.#before) keeper?.end();
    else void keeper?.discard();
  }

  /** The person has gone, and not from this: it stays where it is kept. */
  part(): void {
    for (const { chosen } of this.pictures) chosen.preparation.cancel();
    this.keeper?.end();
    this.keeper = null;
  }

  /** What is unsaved, to be kept: null for nothing, undefined while something has not come back yet. */
  get typed(): Typed | null | undefined {
    if (this.#before) return undefined;
    const content = this.memo;
    if (Object.values(content).every((part) => part.length === 0)) return null;
    return { about: this.about, entity: this.id, title: this.title, content };
  }

  /** What is unsaved here. */
  get memo(): Memo {
    const pictures = this.pictures.flatMap(({ slot, chosen: { picture } }) =>
      picture === undefined ? [] : [{ slot, picture }],
    );
    return { edits: [...this.edits, ...this.#homeless], unfinished: [...this.#unfinished], pictures, thirds: [...this.thirds] };
  }

  /** The entity as it is now, changed here or at a colleague's desk. What was typed before comes back upon it. */
  follow(live: Fields, table: Table): void {
    this.table = table;
    this.live = { ...blankOf(table.fields), ...live };
    // Whoever shows it watches the entity, and not what comes back upon it.
    untrack(() => this.#takeUp());
  }

  /**
   * What was typed before is typing upon the entity as it is now: it keeps what stood there when it began, so that a
   * colleague's change since is told of. What has reached the entity meanwhile is none, nor what is typed already.
   */
  #takeUp(): void {
    const before = this.#before;
    const { live } = this;
    if (!before || live === null) return;
    this.#before = null;
    for (const edit of before.edits) {
      const name = edit.now.field;
      if (this.touched(name)) continue;
      if (!this.#rule(name)) {
        this.#homeless.push(edit);
        continue;
      }
      const now = this.#read(live, name);
      // A new entity has nothing that a colleague could have changed.
      if (!sameValue(now, edit.now)) this.#edits.set(name, this.id === null ? { was: now, now: edit.now } : edit);
    }
    for (const [name, unfinished] of before.unfinished) {
      if (!this.#unfinished.has(name)) this.#unfinished.set(name, unfinished);
    }
    for (const [key, third] of before.thirds ?? []) if (!this.thirds.has(key)) this.thirds.set(key, third);
    for (const { slot, picture } of before.pictures) {
      const place = this.pictures.find((held) => held.slot === slot)?.chosen;
      if (place && !place.dirty) place.put(picture);
    }
    this.round += 1;
  }

  /** The entity with what is typed in its place. */
  get content(): Fields {
    let content = this.live ?? this.#blank;
    for (const edit of this.#edits.values()) content = { ...content, [edit.now.field]: edit.now.value };
    return content;
  }

  /** What stands in a field now, typed or not. */
  value(name: string): FieldValue {
    return this.#edits.get(name)?.now ?? this.#read(this.live ?? this.#blank, name);
  }

  /** The text of a field; empty where it is none. */
  text(name: string): string {
    return textOf(this.value(name).value);
  }

  /** What the entity itself has in a field, whatever is typed. */
  liveValue(name: string): FieldValue {
    return this.#read(this.live ?? this.#blank, name);
  }

  touched(name: string): boolean {
    return this.#edits.has(name);
  }

  /** The person typed. */
  type(now: FieldValue): void {
    if (!this.live) return;
    const name = now.field;
    const was = this.#edits.get(name)?.was ?? this.#read(this.live, name);
    this.#edits.set(name, { was, now });
  }

  /** The person left the field: what equals its beginning is not an edit, and follows the entity again. */
  settle(name: string): void {
    const edit = this.#edits.get(name);
    if (edit && sameValue(edit.was, edit.now)) this.#edits.delete(name);
  }

  /** What a colleague put into a field that the person is editing; null when they did not. */
  theirs(name: string): FieldValue | null {
    const edit = this.#edits.get(name);
    if (!edit || !this.live) return null;
    const live = this.#read(this.live, name);
    return sameValue(live, edit.was) || sameValue(live, edit.now) ? null : live;
  }

  /** Gives the own text of a field up. */
  takeTheirs(name: string): void {
    this.#edits.delete(name);
    const rule = this.#rule(name);
    for (const part of rule ? partsOf(rule) : []) this.#unfinished.delete(part);
  }

  /** The person saw the colleague's value and wants the own one: from now on that is where they began. */
  keepMine(name: string): void {
    const edit = this.#edits.get(name);
    if (edit && this.live) this.#edits.set(name, { was: this.#read(this.live, name), now: edit.now });
  }

  /** What is to be sent: only what the person changed. */
  get edits(): FieldEdit[] {
    return this.rules.flatMap(({ name }) => {
      const edit = this.#edits.get(name);
      return edit && !sameValue(edit.was, edit.now) ? [edit] : [];
    });
  }

  /** These edits are in the core now. What was typed since stays. */
  saved(edits: FieldEdit[]): void {
    for (const edit of edits) {
      const name = edit.now.field;
      const held = this.#edits.get(name);
      if (!held || !sameValue(held.now, edit.now)) continue;
      // Until the core tells the entity anew, it is what was saved: nothing flickers back.
      if (this.live) this.live = { ...this.live, [edit.now.field]: edit.now.value };
      this.#edits.delete(name);
    }
  }

  /** What was chosen for a picture's place. */
  pictureAt(slot: Slot): PictureDraft {
    const held = this.pictures.find((picture) => picture.slot === slot);
    if (!held) throw new Error(`no picture in the place ${slot}`);
    return held.chosen;
  }

  /** Everything that is not saved goes. */
  forget(): void {
    this.#edits.clear();
    this.#unfinished.clear();
    for (const { chosen } of this.pictures) chosen.forget();
    this.#homeless = [];
    this.thirds.clear();
    this.errors = {};
    this.attempted = false;
  }

  unfinished(name: string): Unfinished | null {
    return this.#unfinished.get(name) ?? null;
  }

  setUnfinished(name: string, unfinished: Unfinished | null): void {
    if (unfinished) this.#unfinished.set(name, unfinished);
    else this.#unfinished.delete(name);
  }

  /** How many fields and pictures would be lost by closing. */
  get unsaved(): number {
    const changed: string[] = this.edits.map((edit) => edit.now.field);
    for (const part of this.#unfinished.keys()) {
      const name = this.#fieldOf(part);
      if (!changed.includes(name)) changed.push(name);
    }
    return changed.length + this.pictures.filter(({ chosen }) => chosen.dirty).length;
  }

  /** Something would be lost by closing. */
  get dirty(): boolean {
    return this.unsaved > 0;
  }

  /** What is wrong with a content, as far as it stands against saving: what stands at the hotel already is not ours. */
  async examine(content: Fields): Promise<FieldErrors> {
    const errors = await command('check', { kind: this.about, fields: content });
    if (this.id === null) return errors;
    const typed = this.edits.map((edit) => edit.now.field);
    return Object.fromEntries(Object.entries(errors).filter(([name]) => typed.includes(this.#fieldOf(name))));
  }

  /** The sentences to show at a field: about what was typed there, or about everything after a try to save. */
  errorsAt(name: string): string[] {
    const unfinished = this.#unfinished.get(name);
    if (unfinished) return [unfinished.sentence];
    return this.attempted || this.touched(this.#fieldOf(name)) ? (this.errors[name] ?? []) : [];
  }

  /** Hands what is typed over to the core. Rejects with what the core says; what it took before that stays with it. */
  async save(): Promise<Outcome> {
    this.attempted = true;
    for (const { chosen } of this.pictures) if ((await chosen.preparing) === false) return 'wrong';
    if (this.id && !this.dirty) return 'unchanged';
    const { content, edits, keeper } = this;
    // Asked once more: the answer to the last keystroke may still be under way.
    this.errors = await this.examine(content);
    if (!this.sound) return 'wrong';

    // Nothing may be kept after the command that takes what is kept away.
    const kept = (await keeper?.rest()) ?? null;
    try {
      if (this.id) await this.#change(this.id, edits, kept);
      else await this.#create(content, edits, kept);
    } catch (thrown) {
      keeper?.wake(false);
      throw thrown;
    }
    keeper?.wake(true);
    return 'saved';
  }

  /** `kept`: the draft that goes with what it became, in the same transaction. */
  async #create(fields: Fields, edits: FieldEdit[], kept: DraftId | null): Promise<void> {
    const picture = this.pictureAt('photo').picture?.hash ?? null;
    await command('create', { kind: this.about, fields, picture, draft: kept });
    this.saved(edits);
    for (const { chosen } of this.pictures) chosen.forget();
  }

  /** The fields that changed, and then the pictures; what is kept goes with the last of these. */
  async #change(id: LocalId, edits: FieldEdit[], kept: DraftId | null): Promise<void> {
    const pictures = this.pictures.filter(({ chosen }) => chosen.picture !== undefined);
    if (edits.length > 0) {
      await command('edit', { id, edits, draft: pictures.length === 0 ? kept : null });
      this.saved(edits);
    }
    for (const { slot, chosen } of pictures) {
      const { picture } = chosen;
      const last = chosen === pictures.at(-1)?.chosen;
      await command('set_picture', { id, slot, picture: picture?.hash ?? null, draft: last ? kept : null });
      // Another one may have been chosen meanwhile.
      if (chosen.picture === picture) chosen.picture = undefined;
    }
  }

  /** Nothing stands against saving. */
  get sound(): boolean {
    return this.#unfinished.size === 0 && Object.keys(this.errors).length === 0;
  }
}
