// The fields of things as units that change, and clash, on their own: both dates of an offer are one.
import type { ConflictView } from '../generated/ConflictView';
import type { Datum } from '../generated/Datum';
import type { Field } from '../generated/Field';
import type { FieldErrors } from '../generated/FieldErrors';
import type { FieldValue } from '../generated/FieldValue';
import type { Kind } from '../generated/Kind';
import type { OfferContent } from '../generated/OfferContent';
import type { OfferField } from '../generated/OfferField';
import type { OutboxItem } from '../generated/OutboxItem';
import { t, tIfAny } from '../messages';
import { validityText } from '../messages/format';

/** Every field, in the order in which a person reads them. */
export const FIELDS: readonly OfferField[] = [
  'title',
  'short_description',
  'details_text',
  'details_html',
  'validity',
  'tag',
  'book_now_url',
  'sort_order',
  'is_active',
];

/** A new offer before anything is typed. */
export const BLANK: OfferContent = {
  title: '',
  short_description: '',
  details_text: '',
  details_html: '',
  valid_from: null,
  valid_to: null,
  tag: '',
  book_now_url: '',
  sort_order: 0,
  is_active: true,
};

/** What staff write of an offer, without the rest that a screen holds of it. */
export function contentOf(offer: OfferContent): OfferContent {
  return {
    title: offer.title,
    short_description: offer.short_description,
    details_text: offer.details_text,
    details_html: offer.details_html,
    valid_from: offer.valid_from,
    valid_to: offer.valid_to,
    tag: offer.tag,
    book_now_url: offer.book_now_url,
    sort_order: offer.sort_order,
    is_active: offer.is_active,
  };
}

/** The value of one field. */
export function getField(content: OfferContent, field: OfferField): FieldValue {
  if (field === 'validity') return { field, value: { from: content.valid_from, to: content.valid_to } };
  return { field, value: content[field] } as FieldValue;
}

/** The content with one field replaced. A value of a record has no place in it. */
export function withField(content: OfferContent, value: FieldValue): OfferContent {
  if (value.field === 'record') return content;
  if (value.field === 'validity') {
    return { ...content, valid_from: value.value.from, valid_to: value.value.to };
  }
  return { ...content, [value.field]: value.value };
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (a.field === 'validity' && b.field === 'validity') {
    return a.value.from === b.value.from && a.value.to === b.value.to;
  }
  if (a.field === 'record' && b.field === 'record') {
    return a.value.name === b.value.name && sameDatum(a.value.value, b.value.value);
  }
  return a.field === b.field && a.value === b.value;
}

/** Empty entries of a list count for nothing: the core leaves them out. */
function sameDatum(a: Datum, b: Datum): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  const [one, other] = [a, b].map((list) => list.filter((entry) => entry.trim() !== ''));
  return one?.length === other?.length && (one ?? []).every((entry, place) => entry === other?.[place]);
}

/** What the field of a value is called; of a record, by the server's name. */
export function nameOf(value: FieldValue): string {
  return value.field === 'record' ? value.value.name : value.field;
}

/** What a field is called, whatever it is a field of. */
export function fieldName(field: Field): string {
  return typeof field === 'string' ? field : field.record;
}

/** What a field is called on the screen. */
export function fieldLabel(field: Field): string {
  return typeof field === 'string' ? t(`offer-field-${field}`) : recordLabel(field.record);
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
  if (field) return fieldName(field);
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
export function valueText(value: FieldValue): string {
  switch (value.field) {
    case 'validity':
      return validityText(value.value.from, value.value.to);
    case 'is_active':
      return value.value ? t('editor-yes') : t('editor-no');
    case 'sort_order':
      return String(value.value);
    case 'record':
      return datumText(value.value.name, value.value.value);
    case 'details_html':
      return plainText(value.value) || t('editor-empty');
    default:
      return value.value.trim() || t('editor-empty');
  }
}

function datumText(name: string, value: Datum): string {
  if (typeof value === 'boolean') return value ? t('editor-yes') : t('editor-no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter(Boolean).join(', ') || t('editor-empty');
  const theme = name === 'theme_mode' ? tIfAny(`theme-${value}`) : null;
  return theme ?? (value.trim() || t('editor-empty'));
}

/** The words of an HTML text. The parsed document is inert: nothing in it loads or runs. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const unseen of body.querySelectorAll('script, style, template')) unseen.remove();
  return (body.textContent ?? '').trim();
}
