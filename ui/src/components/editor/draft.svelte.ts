// A person's typing in an entity of the hotel, stored apart from the entity.
//
// An untouched field shows the current entity, with colleagues' changes. With the first keystroke the field belongs to
// the person: its value at that moment is stored as `was`, and no later change replaces the typed text. Only touched
// fields that differ from `was` are sent. So a save never overwrites a colleague's work in another field, and the core
// can detect that both changed the same one.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type {
  Datum, DraftId, EarlierVersion, EntityCopy, FieldEdit, FieldErrors, Fields, FieldValue, LocalId, PreparedPicture, Rule,
  Slot, Table,
} from '../../generated';
import { partsOf, sameValue, textOf } from '../../lib/fields';
import type { RecordKind } from '../../lib/rooms';
import { command } from '../../platform';
import { PictureDraft } from '../picture/picture-draft.svelte';
import { Keeper, type Keeping, type Typed } from './keeping.svelte';
import type { Kept, Memo, Unfinished } from './memo';

/** Every place for a picture. The table of a record says which of them it has. */
const SLOTS: readonly Slot[] = ['photo', 'hero_image', 'landing_page_image', 'logo'];

/** Returns the value of a missing field. A new entity is visible to guests; all other switches begin off. */
function emptyOf({ name, shape }: Pick<Rule, 'name' | 'shape'>): Datum {
  if (shape === 'number') return 0;
  if (shape === 'flag') return name === 'is_active';
  if (shape === 'days') return { from: null, to: null };
  return shape === 'list' ? [] : '';
}

/** Returns a record without typed values. */
export function blankOf(rules: readonly Rule[]): Fields {
  return Object.fromEntries(rules.map((rule) => [rule.name, emptyOf(rule)]));
}

export type Outcome = 'saved' | 'unchanged' | 'wrong';

export class Draft {
  /** The kind of the entity. */
  readonly about: RecordKind;
  /** The entity; null for a new one. */
  readonly id: LocalId | null;
  /** The core's table of the fields; null until it is loaded. */
  table = $state.raw<Table | null>(null);
  /** The current entity; blank for a new one, and null until it was read. */
  live = $state.raw<Fields | null>(null);
  /** The errors in the typed values. */
  errors = $state.raw<FieldErrors>({});
  /** True after the first try to save. From then on empty fields are errors too. */
  attempted = $state(false);
  /** The chosen picture of each place. */
  readonly pictures = SLOTS.map((slot) => ({ slot, chosen: new PictureDraft() }));
  /** Saves the typing in the core; null before `begin`. */
  keeper: Keeper | null = null;

  /** The third texts of this entity's conflicts, by the key of the conflict. */
  readonly thirds = new SvelteMap<string, FieldValue>();

  #edits = new SvelteMap<string, FieldEdit>();
  #unfinished = new SvelteMap<string, Unfinished>();
  /** The continued draft, which is applied as soon as the entity is loaded. */
  #before = $state.raw<Memo | null>(null);
  /** Continued edits of fields that this hotel's server does not have now. They stay in the saved draft. */
  #homeless: FieldEdit[] = [];
  /** Grows when a draft is applied, so that fields with a text of their own are drawn again. */
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

  /** The name of the entity for people. */
  get title(): string {
    return this.table?.can_be_made ? this.text(this.table.marks[0]) : '';
  }

  #read(content: Fields, name: string): FieldValue {
    return { field: name, value: content[name] ?? this.#blank[name] ?? '' };
  }

  #rule(name: string): Rule | undefined {
    return this.rules.find((rule) => rule.name === name);
  }

  /** Returns the field of an error with this name. */
  #fieldOf(errorName: string): string {
    return this.rules.find((rule) => partsOf(rule).includes(errorName))?.name ?? errorName;
  }

  /** Starts to save the typing in the core. */
  begin(keeping: Keeping): void {
    this.keeper = new Keeper(keeping, () => this.typed);
  }

  /** Continues a saved draft. Text typed in this editor already stays. */
  resume({ draft, memo }: Kept): void {
    this.keeper?.take(draft.id);
    this.#before = memo;
    this.#takeUp();
  }

  /** Types the content of another entity into this new one. */
  fill({ fields, picture }: EntityCopy): void {
    const edits = Object.entries(fields).map(([field, value]) => {
      const now = { field, value };
      return { was: now, now };
    });
    this.#before = { edits, unfinished: [], pictures: picture ? [{ slot: 'photo', picture }] : [] };
    this.#takeUp();
  }

  /** Types the values and pictures of an earlier version. */
  takeVersion({ edits }: EarlierVersion, pictures: readonly { slot: Slot; picture: PreparedPicture | null }[]): void {
    for (const { now } of edits) this.type(now);
    for (const { slot, picture } of pictures) this.pictureAt(slot).put(picture);
    this.round += 1;
  }

  /**
   * Closes the draft. Saved and discarded typing is removed from the core. A continued draft that was not applied yet
   * stays.
   */
  close(): void {
    for (const { chosen } of this.pictures) chosen.preparation.cancel();
    const { keeper } = this;
    this.keeper = null;
    // A third text is not an edit, and the person was not asked about it. So it stays in the core.
    if (this.thirds.size > 0) void keeper?.keep().then(() => keeper.end());
    else if (this.#before) keeper?.end();
    else void keeper?.discard();
  }

  /** Ends because the person signed out. The saved draft stays in the core. */
  part(): void {
    for (const { chosen } of this.pictures) chosen.preparation.cancel();
    this.keeper?.end();
    this.keeper = null;
  }

  /** The unsaved typing to store: null if there is none, undefined while a continued draft is not applied yet. */
  get typed(): Typed | null | undefined {
    if (this.#before) return undefined;
    const content = this.memo;
    if (Object.values(content).every((part) => part.length === 0)) return null;
    return { about: this.about, entity: this.id, title: this.title, content };
  }

  /** All unsaved changes of this draft. */
  get memo(): Memo {
    const pictures = this.pictures.flatMap(({ slot, chosen: { picture } }) =>
      picture === undefined ? [] : [{ slot, picture }],
    );
    return { edits: [...this.edits, ...this.#homeless], unfinished: [...this.#unfinished], pictures, thirds: [...this.thirds] };
  }

  /**
   * Takes the current entity, after a change here or at a colleague's desk. A continued draft is then applied to it.
   */
  follow(live: Fields, table: Table): void {
    this.table = table;
    this.live = { ...blankOf(table.fields), ...live };
    // Callers depend on the entity only, and not on the state that the draft changes.
    untrack(() => this.#takeUp());
  }

  /**
   * Applies the continued draft to the current entity. Each edit keeps its own `was`, so a colleague's later change is
   * shown at the field. Skips values that have already reached the entity, and fields that the person has touched.
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
      // No colleague can have changed a new entity.
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

  /** The entity with the typed values in it. */
  get content(): Fields {
    let content = this.live ?? this.#blank;
    for (const edit of this.#edits.values()) content = { ...content, [edit.now.field]: edit.now.value };
    return content;
  }

  /** Returns the current value of a field, typed or not. */
  value(name: string): FieldValue {
    return this.#edits.get(name)?.now ?? this.#read(this.live ?? this.#blank, name);
  }

  /** Returns the text of a field, or an empty text if the value is not a text. */
  text(name: string): string {
    return textOf(this.value(name).value);
  }

  /** Returns the entity's value of a field, without typed text. */
  liveValue(name: string): FieldValue {
    return this.#read(this.live ?? this.#blank, name);
  }

  touched(name: string): boolean {
    return this.#edits.has(name);
  }

  /** Stores a typed value. */
  type(now: FieldValue): void {
    if (!this.live) return;
    const name = now.field;
    const was = this.#edits.get(name)?.was ?? this.#read(this.live, name);
    this.#edits.set(name, { was, now });
  }

  /**
   * Called when the person leaves the field. A value equal to `was` is not an edit, so the field follows the entity
   * again.
   */
  settle(name: string): void {
    const edit = this.#edits.get(name);
    if (edit && sameValue(edit.was, edit.now)) this.#edits.delete(name);
  }

  /** Returns a colleague's change of a field that the person is editing, or null if there is none. */
  theirs(name: string): FieldValue | null {
    const edit = this.#edits.get(name);
    if (!edit || !this.live) return null;
    const live = this.#read(this.live, name);
    return sameValue(live, edit.was) || sameValue(live, edit.now) ? null : live;
  }

  /** Discards the own text of a field. */
  takeTheirs(name: string): void {
    this.#edits.delete(name);
    const rule = this.#rule(name);
    for (const part of rule ? partsOf(rule) : []) this.#unfinished.delete(part);
  }

  /** Keeps the own value against the colleague's. The colleague's value becomes the new `was`. */
  keepMine(name: string): void {
    const edit = this.#edits.get(name);
    if (edit && this.live) this.#edits.set(name, { was: this.#read(this.live, name), now: edit.now });
  }

  /** The fields that the person changed, to be sent. */
  get edits(): FieldEdit[] {
    return this.rules.flatMap(({ name }) => {
      const edit = this.#edits.get(name);
      return edit && !sameValue(edit.was, edit.now) ? [edit] : [];
    });
  }

  /** Removes edits that the core has taken. Later typing stays. */
  saved(edits: FieldEdit[]): void {
    for (const edit of edits) {
      const name = edit.now.field;
      const held = this.#edits.get(name);
      if (!held || !sameValue(held.now, edit.now)) continue;
      // The saved value is shown until the core returns the entity again, so the field does not flicker.
      if (this.live) this.live = { ...this.live, [edit.now.field]: edit.now.value };
      this.#edits.delete(name);
    }
  }

  /** Returns the chosen picture of a place. */
  pictureAt(slot: Slot): PictureDraft {
    const held = this.pictures.find((picture) => picture.slot === slot);
    if (!held) throw new Error(`no picture in the place ${slot}`);
    return held.chosen;
  }

  /** Discards all unsaved changes. */
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

  /** The number of fields and pictures with unsaved changes. */
  get unsaved(): number {
    const changed: string[] = this.edits.map((edit) => edit.now.field);
    for (const part of this.#unfinished.keys()) {
      const name = this.#fieldOf(part);
      if (!changed.includes(name)) changed.push(name);
    }
    return changed.length + this.pictures.filter(({ chosen }) => chosen.dirty).length;
  }

  /** True if closing would lose changes. */
  get dirty(): boolean {
    return this.unsaved > 0;
  }

  /** Returns the errors that prevent a save. Errors in the hotel's own values are ignored. */
  async examine(content: Fields): Promise<FieldErrors> {
    const errors = await command('check', { kind: this.about, fields: content });
    if (this.id === null) return errors;
    const typed = this.edits.map((edit) => edit.now.field);
    return Object.fromEntries(Object.entries(errors).filter(([name]) => typed.includes(this.#fieldOf(name))));
  }

  /** Returns the sentences to show at a field: for a touched field, or for every field after a try to save. */
  errorsAt(name: string): string[] {
    const unfinished = this.#unfinished.get(name);
    if (unfinished) return [unfinished.sentence];
    return this.attempted || this.touched(this.#fieldOf(name)) ? (this.errors[name] ?? []) : [];
  }

  /** Sends the typing to the core. Rejects with the core's failure; changes that the core took before it stay there. */
  async save(): Promise<Outcome> {
    this.attempted = true;
    for (const { chosen } of this.pictures) if ((await chosen.preparing) === false) return 'wrong';
    if (this.id && !this.dirty) return 'unchanged';
    const { content, edits, keeper } = this;
    // Checks again, because the answer for the last keystroke may not have arrived yet.
    this.errors = await this.examine(content);
    if (!this.sound) return 'wrong';

    // No draft may be saved after the command that removes the saved draft.
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

  /** Creates the entity. `kept`: the saved draft, which the same transaction removes. */
  async #create(fields: Fields, edits: FieldEdit[], kept: DraftId | null): Promise<void> {
    const picture = this.pictureAt('photo').picture?.hash ?? null;
    await command('create', { kind: this.about, fields, picture, draft: kept });
    this.saved(edits);
    for (const { chosen } of this.pictures) chosen.forget();
  }

  /** Sends the changed fields and then the pictures. The last command removes the saved draft. */
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
      // The person may have chosen another picture meanwhile.
      if (chosen.picture === picture) chosen.picture = undefined;
    }
  }

  /** True if there are no errors. */
  get sound(): boolean {
    return this.#unfinished.size === 0 && Object.keys(this.errors).length === 0;
  }
}
