// The word catalogue (`words/`) contains every text that the window shows, and no unused one.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

import { t } from '../src/messages';

const ROOT = join(import.meta.dirname, '../..');

/** Returns the files of a folder and its subfolders, with paths from the project's root. */
function filesOf(folder: string, ends: RegExp): { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => ends.test(path) && !path.startsWith('ui/src/generated/'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const screens = filesOf('ui/src', /\.(ts|svelte)$/);
const rust = filesOf('src-tauri', /^src-tauri\/(app|core|deskctl)\/.*\.rs$/);
const enums = readdirSync(join(ROOT, 'ui/src/generated'))
  .filter((name) => name !== 'words.ts')
  .map((name) => ({ text: readFileSync(join(ROOT, 'ui/src/generated', name), 'utf8') }));
// The texts of the Rust programs are in `words/en/core`; a Rust test checks them.
const catalogue = filesOf('words/en', /^words\/en\/[^/]+\.ftl$/);

/** The variables of each key, as the type checker knows them. */
const typed = new Map(
  [...readFileSync(join(ROOT, 'ui/src/generated/words.ts'), 'utf8').matchAll(/^ {2}'([^']+)': (.*);$/gm)].map(
    ([, key = '', variables = '']) => [key, [...variables.matchAll(/(\w+): (\w+)/g)].map(([, name = '', type]) => ({ name, type }))],
  ),
);

describe('The word catalogue', () => {
  const bundle = new FluentBundle('en', { useIsolating: false });
  const faults = catalogue.flatMap(({ text }) => bundle.addResource(new FluentResource(text)));

  test('has the keys that the type checker knows', () => {
    expect(faults).toEqual([]);
    const keys = catalogue.flatMap(({ text }) => [...text.matchAll(/^([a-z][\w-]*) =/gm)].map(([, key]) => key));
    expect(keys.sort()).toEqual([...typed.keys()].sort());
    // The parser of the window omits a message that it cannot read.
    expect(keys.filter((key) => !bundle.hasMessage(key as string))).toEqual([]);
  });

  test('formats every text with its variables', () => {
    const wrong: string[] = [];
    for (const [key, variables] of typed) {
      const pattern = bundle.getMessage(key)?.value;
      for (const count of [0, 1, 2, 5, 1200]) {
        const values: Record<string, FluentVariable> = {};
        for (const { name, type } of variables) values[name] = type === 'number' ? count : `<${name}>`;
        const errors: Error[] = [];
        const text = pattern ? bundle.formatPattern(pattern, values, errors) : '';
        if (errors.length > 0 || text === '' || /[{}\u2068\u2069]/.test(text)) wrong.push(`${key}: ${text} ${errors}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('counts without marks between thousands, as the core does', () => {
    expect(t('offers-count', { count: 1200 })).toBe('1200 offers');
    expect(t('offers-count', { count: 1 })).toBe('1 offer');
    expect(t('picture-size', { width: 4000, height: 3000 })).toBe('4000 × 3000 pixels');
  });

  test('holds nothing that nobody shows', () => {
    const named = new Set(screens.flatMap(({ text }) => [...text.matchAll(/'([a-z][\w-]*)'/g)].map(([, key]) => key)));
    for (const { text } of rust) for (const [, key] of text.matchAll(/"([a-z][\w-]*)"/g)) named.add(key);
    // A composed key has one piece in each gap: a value of an enum, or a name in a table.
    const pieces = new Set(named);
    for (const { text } of [...screens, ...enums]) {
      for (const [, quoted, name] of text.matchAll(/"([a-z][\w-]*)"|\b([a-z]\w*):/g)) pieces.add(quoted ?? name);
    }
    const isMadeBy = (pattern: RegExp, key: string): boolean => {
      const found = pattern.exec(key);
      return found !== null && found.slice(1).every((piece) => pieces.has(piece));
    };
    const patterns = screens
      .flatMap(({ text }) => [...text.matchAll(/\b(?:t|tIfAny)\(\s*`([^`]+)`/g)])
      .map(([, key = '']) => new RegExp(`^${key.replace(/\$\{[^}]*\}/g, '([^-]+)')}$`));
    const unused = [...typed.keys()].filter((key) => !named.has(key) && !patterns.some((pattern) => isMadeBy(pattern, key)));
    expect(unused).toEqual([]);
    expect(patterns.length).toBeGreaterThan(20);
  });
});

/** The attributes, and the properties of our own components, whose values a person reads or hears. */
const READ = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt', 'label', 'heading']);

/** The texts that look like words and are none, by file. */
const NO_WORDS: Record<string, string[]> = {
  // The classes of a button.
  'ui/src/components/Popover.svelte': ['btn quiet'],
  // The format of a colour.
  'ui/src/components/form/ColourControl.svelte': ['#RRGGBB'],
  // The relations of a link, for the browser.
  'ui/src/components/form/rich-text.ts': ['noopener noreferrer nofollow'],
};

/** Returns true for two words or more. */
const isSentence = (text: string): boolean => /\p{L}{2,}[,.:;!?…’”]* +\p{L}/u.test(text);

/** Returns true for a word beside a gap. */
const isPieced = (text: string): boolean => /… \p{L}{2,}|\p{L}{2,} …/u.test(text);

interface Node {
  type: string;
  [name: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Returns the words for a person in a piece of a component. */
function wordsIn(node: Node, found: string[], attribute: string | null = null): string[] {
  if (node.type === 'StyleDirective') return found;
  const inside = node.type === 'Attribute' ? String(node['name']) : attribute;
  if (node.type === 'Text') {
    const text = String(node['data']).trim();
    if (/\p{L}/u.test(text) && (inside === null || READ.has(inside))) found.push(text);
    return found;
  }
  for (const [name, value] of Object.entries(node)) {
    // `codeOf` reads scripts and expressions as TypeScript.
    if (['instance', 'module', 'css', 'metadata', 'parent'].includes(name)) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) wordsIn(child, found, inside);
  }
  return found;
}

const SELECTORS = new Set(['querySelector', 'querySelectorAll', 'closest', 'matches']);

/** Returns the sentences in a piece of TypeScript, except those for developers or the browser. */
function sentencesIn(source: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && SELECTORS.has(node.expression.name.text)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (isSentence(node.text)) found.push(node.text);
      return;
    }
    if (ts.isTemplateExpression(node)) {
      const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
      if (isSentence(text) || isPieced(text)) found.push(text);
    }
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('words.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** Returns the scripts of a component, and the expressions between its tags. */
function codeOf(text: string): string[] {
  const { instance, module, fragment } = parse(text, { modern: true });
  const cut = (part: unknown): string => {
    const { start, end } = part as { start: number; end: number };
    return text.slice(start, end);
  };
  const code = [instance, module].flatMap((script) => (script ? [cut(script.content)] : []));
  const walk = (node: Node): void => {
    for (const [name, value] of Object.entries(node)) {
      if (name === 'metadata' || (node.type === 'Attribute' && node['name'] === 'class')) continue;
      const isCode = ['expression', 'test', 'key', 'declaration'].includes(name);
      if (isCode && isNode(value) && 'start' in value) code.push(`(${cut(value)})`);
      else for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child);
    }
  };
  walk(fragment as unknown as Node);
  return code;
}

describe('Outside of the word catalogue', () => {
  const strangers = (path: string, found: string[]): string[] =>
    found.filter((text) => !NO_WORDS[path]?.includes(text)).map((text) => `${path}: ${text}`);

  const components = screens.filter(({ path }) => path.endsWith('.svelte'));

  test('no component shows words', () => {
    const words = ({ text }: { text: string }) => wordsIn(parse(text, { modern: true }) as unknown as Node, []);
    expect(components.flatMap((file) => strangers(file.path, words(file)))).toEqual([]);
  });

  test('no code of a component holds sentences', () => {
    expect(components.flatMap(({ path, text }) => strangers(path, codeOf(text).flatMap(sentencesIn)))).toEqual([]);
  });

  test('no other file holds sentences', () => {
    const files = screens.filter(({ path }) => path.endsWith('.ts'));
    expect(files.flatMap(({ path, text }) => strangers(path, sentencesIn(text)))).toEqual([]);
  });
});
