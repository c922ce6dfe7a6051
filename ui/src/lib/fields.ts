// The fields of entities, as units that change and conflict separately. Both dates of an offer are one unit.
import type { ConflictView, Datum, FieldErrors, FieldValue, Kind, OutboxItem, Rule, Validity } from '../generated';
import { t, tIfAny } from '../messages';
import { validityText } from '../messages/format';

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return a.field === b.field && sameDatum(a.value, b.value);
}

/** Returns the value if it is a text, or else an empty text. */
export function textOf(value: Datum | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Returns the days in a field; both open if it has none. */
export function daysOf(value: Datum | undefined): Validity {
  return value !== undefined && isDays(value) ? value : { from: null, to: null };
}

/** Returns true for a first and last day, and false for a list or a plain value. */
export function isDays(value: Datum): value is Validity {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Compares two values. Empty entries of a list are ignored, because the core omits them. */
function sameDatum(a: Datum, b: Datum): boolean {
  if (isDays(a) && isDays(b)) return a.from === b.from && a.to === b.to;
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  const [one, other] = [a, b].map((list) => list.filter((entry) => entry.trim() !== ''));
  return one?.length === other?.length && (one ?? []).every((entry, place) => entry === other?.[place]);
}

/** Returns the server's names of a field, under which its errors arrive: two for days. */
export function partsOf(rule: Rule): readonly string[] {
  return rule.days ?? [rule.name];
}

/** Returns the label of a field, or the server's name if it has no label. */
export function fieldLabel(about: Kind, name: string): string {
  return tIfAny(`${about}-field-${name}`) ?? tIfAny(`record-field-${name}`) ?? name;
}

/** Returns the hint beside a field. */
export function fieldHint(about: Kind, name: string): string {
  return tIfAny(`${about}-hint-${name}`) ?? tIfAny(`record-hint-${name}`) ?? '';
}

/** Returns the label of the field or picture that the hotel refused under this name. */
export function errorLabel(about: Kind, name: string): string {
  return tIfAny(`picture-slot-${name}`) ?? fieldLabel(about, name);
}

/** Returns the key of a conflict: its field, or the place of its picture. */
export function conflictKey({ field, slot }: Pick<ConflictView, 'field' | 'slot'>): string {
  if (field) return field;
  return slot === null || slot === 'photo' ? 'picture' : slot;
}

/** Returns the hotel's refusals of sent values, by the server's field names. */
export function refusedBy(pending: readonly OutboxItem[]): FieldErrors {
  return Object.assign({}, ...pending.map(({ fields }) => fields)) as FieldErrors;
}

/** Formats a value for comparison with another one. Formatted text becomes plain text. */
export function valueText({ field, value }: FieldValue): string {
  if (isDays(value)) return validityText(value.from, value.to);
  if (typeof value === 'boolean') return value ? t('editor-yes') : t('editor-no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter(Boolean).join(', ') || t('editor-empty');
  const theme = field === 'theme_mode' ? tIfAny(`theme-${value}`) : null;
  return theme ?? ((field === 'details_html' ? plainText(value) : value.trim()) || t('editor-empty'));
}

/** Returns the text of an HTML fragment. The parsed document is inert: it loads and runs nothing. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const unseen of body.querySelectorAll('script, style, template')) unseen.remove();
  return (body.textContent ?? '').trim();
}
