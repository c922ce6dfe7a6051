// The sections of the branding form.
import type { Rule, Shape } from '../../generated';

export type SectionName = 'identity' | 'pictures' | 'contact' | 'links' | 'amenities' | 'colours' | 'more';

export const SECTIONS: readonly SectionName[] = [
  'identity',
  'pictures',
  'contact',
  'links',
  'amenities',
  'colours',
  'more',
];

const CONTACT = /^(address|postal|city|country|latitude|longitude|phone|email|contact)(_|$)/;
const IDENTITY =
  /^(name|name_override|tagline|tagline_override|slogan|short_description|long_description|welcome_message|tags)$/;
const BY_SHAPE: Partial<Record<Shape, SectionName>> = {
  colour: 'colours',
  theme: 'colours',
  list: 'amenities',
  link: 'links',
};

/** Returns the section of a field. A field that this list does not name is under "More". */
export function sectionOf(rule: Rule): SectionName {
  if (IDENTITY.test(rule.name)) return 'identity';
  if (rule.name === 'favicon') return 'links';
  return BY_SHAPE[rule.shape] ?? (CONTACT.test(rule.name) ? 'contact' : 'more');
}

/** Returns the fields of a section in the core's order, with the theme before its colours. */
export function rulesOf(section: SectionName, rules: readonly Rule[]): Rule[] {
  const own = rules.filter((rule) => sectionOf(rule) === section);
  return [...own.filter((rule) => rule.shape === 'theme'), ...own.filter((rule) => rule.shape !== 'theme')];
}
