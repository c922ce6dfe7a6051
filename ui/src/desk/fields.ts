// The fields of an offer as units that change, and clash, on their own: both dates are one.
import type { Datum } from '../generated/Datum';
import type { Field } from '../generated/Field';
import type { FieldValue } from '../generated/FieldValue';
import type { OfferContent } from '../generated/OfferContent';
import type { OfferField } from '../generated/OfferField';
import { t } from '../messages';
import { validityText } from '../messages/format';

/** One field of an offer with a value. */
export type OfferValue = Exclude<FieldValue, { field: 'record' }>;

/** A wish for one field of an offer. */
export interface OfferEdit {
  was: OfferValue;
  now: OfferValue;
}

export function isOfferField(field: Field): field is OfferField {
  return typeof field === 'string';
}

export function isOfferValue(value: FieldValue): value is OfferValue {
  return value.field !== 'record';
}

/** The server's name of a field; both dates of an offer are `validity`. */
export function fieldName(field: Field): string {
  return isOfferField(field) ? field : field.record;
}

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
export function getField(content: OfferContent, field: OfferField): OfferValue {
  if (field === 'validity') return { field, value: { from: content.valid_from, to: content.valid_to } };
  return { field, value: content[field] } as OfferValue;
}

/** The content with one field replaced. */
export function withField(content: OfferContent, value: OfferValue): OfferContent {
  if (value.field === 'validity') {
    return { ...content, valid_from: value.value.from, valid_to: value.value.to };
  }
  return { ...content, [value.field]: value.value };
}

/** Two values of a record's field are the same; lists are compared line by line. */
export function sameDatum(a: Datum, b: Datum): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((line, place) => line === b[place]);
}

/** A value of a record's field in words. */
export function datumText(value: Datum): string {
  if (typeof value === 'boolean') return value ? t.editor.yes : t.editor.no;
  return (Array.isArray(value) ? value.join('\n') : String(value)).trim() || t.editor.empty;
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
      return value.value ? t.editor.yes : t.editor.no;
    case 'sort_order':
      return String(value.value);
    case 'record':
      return datumText(value.value.value);
    case 'details_html':
      return plainText(value.value) || t.editor.empty;
    default:
      return value.value.trim() || t.editor.empty;
  }
}

/** The words of an HTML text. The parsed document is inert: nothing in it loads or runs. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const unseen of body.querySelectorAll('script, style, template')) unseen.remove();
  return (body.textContent ?? '').trim();
}
