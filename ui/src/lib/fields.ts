// The fields of entities as units that change, and clash, on their own: both dates of an offer are one.
import type { ConflictView, Datum, FieldErrors, FieldValue, Kind, OutboxItem, Rule, Validity } from '../generated';
import { t, tIfAny } from '../messages';
import { validityText } from '../messages/format';

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

/** The server's names of a field, under which its errors come: two for days. */
export function partsOf(rule: Rule): readonly string[] {
  return rule.days ?? [rule.name];
}

/** What a field is called on the screen: by the server's name of it, where it has no better one. */
export function fieldLabel(about: Kind, name: string): string {
  return tIfAny(`${about}-field-${name}`) ?? tIfAny(`record-field-${name}`) ?? name;
}

/** What is said beside a field. */
export function fieldHint(about: Kind, name: string): string {
  return tIfAny(`${about}-hint-${name}`) ?? tIfAny(`record-hint-${name}`) ?? '';
}

/** What a field or a picture is called on the screen that the hotel refused by this name. */
export function errorLabel(about: Kind, name: string): string {
  return tIfAny(`picture-slot-${name}`) ?? fieldLabel(about, name);
}

/** A key for what clashes: the field, or the picture's place. */
export function clashKey({ field, slot }: Pick<ConflictView, 'field' | 'slot'>): string {
  if (field) return field;
  return slot === null || slot === 'photo' ? 'picture' : slot;
}

/** What the hotel refused of what was sent, by its own field names. */
export function refusedBy(pending: readonly OutboxItem[]): FieldErrors {
  return Object.assign({}, ...pending.map(({ fields }) => fields)) as FieldErrors;
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
