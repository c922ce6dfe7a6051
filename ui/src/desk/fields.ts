// The fields of entities as units that change, and clash, on their own: both dates of an offer are one.
import type { ConflictView } from '../generated/ConflictView';
import type { Datum } from '../generated/Datum';
import type { Field } from '../generated/Field';
import type { FieldErrors } from '../generated/FieldErrors';
import type { Fields } from '../generated/Fields';
import type { FieldValue } from '../generated/FieldValue';
import type { Kind } from '../generated/Kind';
import type { OfferContent } from '../generated/OfferContent';
import type { OutboxItem } from '../generated/OutboxItem';
import type { Validity } from '../generated/Validity';
import { t, tIfAny } from '../messages';
import { validityText } from '../messages/format';

/** Every field of an offer, in the order in which a person reads them. */
export const FIELDS = [
  'title',
  'short_description',
  'details_text',
  'details_html',
  'validity',
  'tag',
  'book_now_url',
  'sort_order',
  'is_active',
] as const;

export type OfferField = (typeof FIELDS)[number];

/** A new offer before anything is typed. */
export const BLANK: Fields = {
  title: '',
  short_description: '',
  details_text: '',
  details_html: '',
  validity: { from: null, to: null },
  tag: '',
  book_now_url: '',
  sort_order: 0,
  is_active: true,
};

/** What staff write of an offer, as fields: both dates are one. */
export function fieldsOf(offer: OfferContent): Fields {
  const { title, short_description, details_text, details_html, tag, book_now_url, sort_order, is_active } = offer;
  const validity = { from: offer.valid_from, to: offer.valid_to };
  return { title, short_description, details_text, details_html, validity, tag, book_now_url, sort_order, is_active };
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return a.field === b.field && sameDatum(a.value, b.value);
}

/** A text as it stands in a field; empty where it is none. */
export function textOf(value: Datum | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A first and a last day, not a list or a plain value. */
export function isDays(value: Datum): value is Validity {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Empty entries of a list count for nothing: the core leaves them out. */
function sameDatum(a: Datum, b: Datum): boolean {
  if (isDays(a) && isDays(b)) return a.from === b.from && a.to === b.to;
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  const [one, other] = [a, b].map((list) => list.filter((entry) => entry.trim() !== ''));
  return one?.length === other?.length && (one ?? []).every((entry, place) => entry === other?.[place]);
}

/** What a field is called on the screen. */
export function fieldLabel(about: Kind, field: Field): string {
  return (about === 'offer' ? tIfAny(`offer-field-${field}`) : null) ?? recordLabel(field);
}

/** What a field of a record is called on the screen: by the server's name of it, where it has no better one. */
export function recordLabel(name: string): string {
  return tIfAny(`record-field-${name}`) ?? name;
}

/** What is said beside a field of a record. */
export function recordHint(name: string): string {
  return tIfAny(`record-hint-${name}`) ?? '';
}

/** What a field or a picture is called on the screen that the hotel refused by this name. */
export function errorLabel(about: Kind, name: string): string {
  if (about === 'offer' && name === 'valid_from') return t('editor-valid-from');
  if (about === 'offer' && name === 'valid_to') return t('editor-valid-to');
  const slot = tIfAny(`picture-slot-${name}`);
  if (slot) return slot;
  if (about === 'offer') return tIfAny(`offer-field-${name}`) ?? recordLabel(name);
  if (about === 'gallery') return tIfAny(`gallery-field-${name}`) ?? recordLabel(name);
  return recordLabel(name);
}

/** A key for what clashes: the field, or the picture's place. */
export function clashKey({ field, slot }: Pick<ConflictView, 'field' | 'slot'>): string {
  if (field) return field;
  return slot === null || slot === 'photo' ? 'picture' : slot;
}

/** What the hotel refused of what was sent, by its own field names. */
export function refusedBy(pending: readonly OutboxItem[]): FieldErrors {
  const all: FieldErrors = {};
  for (const item of pending) {
    for (const [name, sentences] of Object.entries(item.fields)) if (sentences) all[name] = sentences;
  }
  return all;
}

/** The server's names of a field, under which its errors come. */
export function errorNames(field: OfferField): string[] {
  return field === 'validity' ? ['valid_from', 'valid_to'] : [field];
}

/** A value in words, to be read beside another one. Formatted text is shown as plain text. */
export function valueText({ field, value }: FieldValue): string {
  if (isDays(value)) return validityText(value.from, value.to);
  if (typeof value === 'boolean') return value ? t('editor-yes') : t('editor-no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter(Boolean).join(', ') || t('editor-empty');
  const theme = field === 'theme_mode' ? tIfAny(`theme-${value}`) : null;
  return theme ?? ((field === 'details_html' ? plainText(value) : value.trim()) || t('editor-empty'));
}

/** The words of an HTML text. The parsed document is inert: nothing in it loads or runs. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const unseen of body.querySelectorAll('script, style, template')) unseen.remove();
  return (body.textContent ?? '').trim();
}
