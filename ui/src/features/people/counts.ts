// The counts of a person's work in words.
import type { PersonView } from '../../generated';
import { t } from '../../messages';

export function countsOf(person: PersonView): string {
  if (!person.counted) return t('people-uncounted');
  const words = [t('people-work', { count: person.waiting })];
  if (person.attention) words.push(t('people-attention', { count: person.attention }));
  if (person.unread) words.push(t('people-unread', { count: person.unread }));
  return words.join(' · ');
}
