// What a person types into an entity of the hotel, kept apart from what the entity is.
//
// A field that was not touched shows the entity as it is now, colleagues' changes included. With the first
// keystroke it becomes theirs: the value that stood there is kept as `was`, and nothing that arrives later
// replaces what is typed. Only touched fields that differ from `was` are sent, so that a save never
// overwrites a colleague's work in another field, and the core can tell when both changed the same one.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import type { DeskError } from '../generated/DeskError';
import type { FieldEdit } from '../generated/FieldEdit';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { FieldValue } from '../generated/FieldValue';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import type { OfferContent } from '../generated/OfferContent';
import type { PreparedPicture } from '../generated/PreparedPicture';
import type { Slot } from '../generated/Slot';
import { asFailure } from '../platform';
import { type Door, doorTo } from './doors';
import { BLANK, errorNames, FIELDS, fieldsOf, type OfferField, sameValue, textOf } from './fields';
import { Keeper, type Typed } from './keeping.svelte';
import type { Kept, Memo, Unfinished } from './memo';
import { Preparation } from './preparation.svelte';
import { type Outcome, saveDraft } from './saving';
import type { OfferTarget } from './view.svelte';

/** A picture that was chosen, or taken off, and is not saved yet. */
export class PictureDraft {
  /** A new picture, or null to remove it; undefined leaves it as it is. */
  picture = $state.raw<PreparedPicture | null | undefined>(undefined);
  /** A picture that is being prepared: true when it came out well. Saving waits for it. */
  preparing = $state.raw<Promise<boolean> | null>(null);
  /** Why the file that was chosen last cannot be used. */
  error = $state.raw<DeskError | null>(null);
  /** It goes on while another screen is looked at. */
  readonly preparation = new Preparation();

  get dirty(): boolean {
    return this.picture !== undefined || this.preparing !== null;
  }

  /** Prepares a file that the person chose. A file that is chosen later, and `put`, overtake it. */
  async take(file: File): Promise<void> {
    this.error = null;
    const mine = this.#prepare(file);
    this.preparing = mine;
    await mine;
    if (this.preparing === mine) this.preparing = null;
  }

  /** Sets what shall be there; what is still being prepared is stopped. */
  put(picture: PreparedPicture | null | undefined): void {
    this.preparation.cancel();
    this.preparing = null;
    this.error = null;
    this.picture = picture;
  }

  forget(): void {
    this.put(undefined);
  }

  /** True when nothing stands against saving: also when the person stopped it, or chose another file meanwhile. */
  async #prepare(file: File): Promise<boolean> {
    try {
      const prepared = await this.preparation.run(file);
      if (prepared) this.picture = prepared;
      return true;
    } catch (thrown) {
      this.error = asFailure(thrown);
      return false;
    }
  }
}

/** `Name`: what its fields are called, each of which is edited and merged on its own. */
export abstract class Draft<Name extends string = string> {
  /** The entity; null for a new one. */
  readonly id: LocalId | null;
  /** The entity as it is now; for a new one it stays blank. Null until it was read. */
  live = $state.raw<Fields | null>(null);
  /** What is wrong with what is typed. */
  errors = $state.raw<FieldErrors>({});
  /** The person tried to save: from now on empty fields are errors too. */
  attempted = $state(false);
  /** What was chosen for each of its pictures' places. */
  readonly pictures: readonly { slot: Slot; chosen: PictureDraft }[];

  /** What it is about. */
  abstract readonly about: Kind;
  /** Where it is checked and handed over. */
  abstract readonly door: Door;
  /** Keeps what is typed in the core; null where nobody began it. */
  keeper: Keeper | null = null;

  /** The third texts that are written where this entity clashes, by the key of what clashes. */
  readonly thirds = new SvelteMap<string, FieldValue>();

  #edits = new SvelteMap<Name, FieldEdit>();
  #unfinished = new SvelteMap<string, Unfinished>();
  /** What was typed before, and comes back as soon as the entity is here. */
  #before = $state.raw<Memo | null>(null);
  /** What came back for fields that this hotel's server does not have now: it is kept on with the rest. */
  #homeless: FieldEdit[] = [];
  /** Grows when something came back: fields that hold a text of their own are drawn anew. */
  round = $state(0);

  constructor(id: LocalId | null, slots: readonly Slot[]) {
    this.id = id;
    this.pictures = slots.map((slot) => ({ slot, chosen: new PictureDraft() }));
  }

  /** Every field, in the order in which a person reads them. */
  protected abstract get names(): readonly Name[];
  /** It before anything is typed: every field with its empty value. */
  protected abstract get blank(): Fields;
  /** What a person calls it. */
  abstract get title(): string;

  #read(content: Fields, name: Name): FieldValue {
    return { field: name, value: content[name] ?? this.blank[name] ?? '' };
  }

  /** The server's names of a field, under which its errors come. */
  protected errorNames(name: Name): string[] {
    return [name];
  }

  /** The field to which an error of this name belongs. */
  protected fieldOf(errorName: string): Name {
    return errorName as Name;
  }

  /** What is typed from now on is kept. */
  begin(): void {
    this.keeper ??= new Keeper(() => this.typed);
  }

  /** Goes on where a kept draft ended. What is typed here already stays. */
  resume({ draft, memo }: Kept): void {
    this.begin();
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

  /** Shows the entity as it is now. What was typed before comes back upon it. */
  protected show(live: Fields): void {
    this.live = live;
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
      const name = edit.now.field as Name;
      if (this.touched(name)) continue;
      if (!this.names.includes(name)) {
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
    let content = this.live ?? this.blank;
    for (const edit of this.#edits.values()) content = { ...content, [edit.now.field]: edit.now.value };
    return content;
  }

  /** What stands in a field now, typed or not. */
  value(name: Name): FieldValue {
    return this.#edits.get(name)?.now ?? this.#read(this.live ?? this.blank, name);
  }

  /** What the entity itself has in a field, whatever is typed. */
  liveValue(name: Name): FieldValue {
    return this.#read(this.live ?? this.blank, name);
  }

  touched(name: Name): boolean {
    return this.#edits.has(name);
  }

  /** The person typed. */
  type(now: FieldValue): void {
    if (!this.live) return;
    const name = now.field as Name;
    const was = this.#edits.get(name)?.was ?? this.#read(this.live, name);
    this.#edits.set(name, { was, now });
  }

  /** The person left the field: what equals its beginning is not an edit, and follows the entity again. */
  settle(name: Name): void {
    const edit = this.#edits.get(name);
    if (edit && sameValue(edit.was, edit.now)) this.#edits.delete(name);
  }

  /** What a colleague put into a field that the person is editing; null when they did not. */
  theirs(name: Name): FieldValue | null {
    const edit = this.#edits.get(name);
    if (!edit || !this.live) return null;
    const live = this.#read(this.live, name);
    return sameValue(live, edit.was) || sameValue(live, edit.now) ? null : live;
  }

  /** Gives the own text of a field up. */
  takeTheirs(name: Name): void {
    this.#edits.delete(name);
    for (const part of this.errorNames(name)) this.#unfinished.delete(part);
  }

  /** The person saw the colleague's value and wants the own one: from now on that is where they began. */
  keepMine(name: Name): void {
    const edit = this.#edits.get(name);
    if (edit && this.live) this.#edits.set(name, { was: this.#read(this.live, name), now: edit.now });
  }

  /** What is to be sent: only what the person changed. */
  get edits(): FieldEdit[] {
    return this.names.flatMap((name) => {
      const edit = this.#edits.get(name);
      return edit && !sameValue(edit.was, edit.now) ? [edit] : [];
    });
  }

  /** These edits are in the core now. What was typed since stays. */
  saved(edits: FieldEdit[]): void {
    for (const edit of edits) {
      const name = edit.now.field as Name;
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
      const name = this.fieldOf(part);
      if (!changed.includes(name)) changed.push(name);
    }
    return changed.length + this.pictures.filter(({ chosen }) => chosen.dirty).length;
  }

  /** Something would be lost by closing. */
  get dirty(): boolean {
    return this.unsaved > 0;
  }

  /** What is wrong with a content, as far as it stands against saving. */
  examine(content: Fields): Promise<FieldErrors> {
    return this.door.check(content);
  }

  /** The sentences to show at a field: about what was typed there, or about everything after a try to save. */
  errorsAt(name: string): string[] {
    const unfinished = this.#unfinished.get(name);
    if (unfinished) return [unfinished.sentence];
    return this.attempted || this.touched(this.fieldOf(name)) ? (this.errors[name] ?? []) : [];
  }

  /** Hands what is typed over to the core. Rejects with what the core says. */
  save(): Promise<Outcome> {
    return saveDraft(this);
  }

  /** Nothing stands against saving. */
  get sound(): boolean {
    return this.#unfinished.size === 0 && Object.keys(this.errors).length === 0;
  }
}

/** What the frame of a field asks a draft, whatever the draft is about. */
export interface Noted {
  errorsAt(name: string): string[];
  touched(name: string): boolean;
  theirs(name: string): FieldValue | null;
  takeTheirs(name: string): void;
  keepMine(name: string): void;
}

export class OfferDraft extends Draft<OfferField> {
  readonly about = 'offer';
  readonly door = doorTo('offer');
  readonly photo: PictureDraft;

  constructor(target: OfferTarget) {
    super(target === 'new' ? null : target.id, ['photo']);
    this.photo = this.pictureAt('photo');
    if (target === 'new') this.live = BLANK;
  }

  /** The offer changed, here or at a colleague's desk. */
  follow(live: OfferContent): void {
    this.show(fieldsOf(live));
  }

  /** The text that stands in a field now, typed or not. */
  text(name: OfferField): string {
    return textOf(this.value(name).value);
  }

  override get title(): string {
    return this.text('title');
  }

  protected override get names(): readonly OfferField[] {
    return FIELDS;
  }

  protected override get blank(): Fields {
    return BLANK;
  }

  protected override errorNames(name: OfferField): string[] {
    return errorNames(name);
  }

  protected override fieldOf(errorName: string): OfferField {
    return errorName === 'valid_from' || errorName === 'valid_to' ? 'validity' : (errorName as OfferField);
  }
}
