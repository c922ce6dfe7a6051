// The contrast themes of Windows (`docs/window.md`). The system replaces colours there, so each style has to leave it a
// border, an outline or a colour of its own. A browser shows the result; here the style sheets are held to the rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type AST, parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';

const SOURCES = join(import.meta.dirname, '../src');
const SYSTEM = /^(Canvas|CanvasText|ButtonFace|Highlight|HighlightText)$/;

interface Rule {
  /** The file, and the selector. */
  where: string;
  file: string;
  /** The classes of the styled element, the last in the selector. */
  classes: string[];
  media: string;
  style: Map<string, string>;
}

function rulesIn(file: string): Rule[] {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  const source = file.endsWith('.css') ? `<style>${text}</style>` : text;
  const rules: Rule[] = [];
  const walk = (nodes: AST.CSS.StyleSheet['children'], media: string): void => {
    for (const node of nodes) {
      if (node.type === 'Atrule') walk((node.block?.children ?? []) as AST.CSS.StyleSheet['children'], node.prelude);
      if (node.type !== 'Rule') continue;
      const declared = node.block.children.flatMap((child): [string, string][] =>
        child.type === 'Declaration' ? [[child.property, child.value]] : [],
      );
      for (const { start, end } of node.prelude.children) {
        const selector = source.slice(start, end);
        const last = selector.split(/[\s>]+/).at(-1) ?? '';
        const classes = [...last.matchAll(/\.([\w-]+)/g)].map(([, name]) => name ?? '');
        rules.push({ where: `${file}: ${selector}`, file, classes, media, style: new Map(declared) });
      }
    }
  };
  walk(parse(source, { modern: true }).css?.children ?? [], '');
  return rules;
}

/** The rules of the staff window. The reception display has the hotel's own colours, and no person works with it. */
const RULES = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(css|svelte)$/.test(file) && !file.startsWith('features/display/'))
  .flatMap(rulesIn);

const groundOf = ({ style }: Rule): string => style.get('background') ?? style.get('background-color') ?? '';
const isForced = (media: string): boolean => media.includes('forced-colors');

describe('in a contrast theme of the system', () => {
  test('every colour is one of the system’s', () => {
    const tokens = RULES.filter(({ file }) => file === 'styles/tokens.css');
    const forced = new Map(tokens.filter(({ media }) => isForced(media)).flatMap(({ style }) => [...style]));
    const coloured = tokens
      .flatMap(({ style }) => [...style])
      .filter(([name, value]) => name.startsWith('--') && /#|gradient|var\(/.test(value))
      .map(([name]) => name);
    expect(coloured.length).toBeGreaterThan(30);
    expect(coloured.filter((name) => !SYSTEM.test(forced.get(name) ?? ''))).toEqual([]);
  });

  test('the text on a chosen element keeps the ground of the element', () => {
    const chosen = RULES.filter((rule) => /^var\(--(selected|button|count)\)$/.test(groundOf(rule)));
    expect(chosen.length).toBeGreaterThan(10);
    expect(chosen.filter(({ style }) => style.get('forced-color-adjust') !== 'none').map(({ where }) => where)).toEqual([]);
  });

  test('an element that its ground alone would set apart has an edge', () => {
    const edges = RULES.filter(({ style }) =>
      [...style].some(([name, value]) => /^(border|outline)(-|$)/.test(name) && /^\d+px /.test(value)),
    );
    const hasEdge = (rule: Rule): boolean =>
      edges.includes(rule) ||
      rule.style.has('border-color') ||
      edges.some(
        ({ file, classes }) =>
          (file === rule.file || file === 'styles/controls.css') &&
          classes.length > 0 &&
          classes.every((name) => rule.classes.includes(name)),
      );
    const grounded = RULES.filter((rule) => /(tint|--sunken)\)/.test(groundOf(rule)) && !rule.where.includes(':hover'));
    expect(grounded.length).toBeGreaterThan(30);
    expect(grounded.filter((rule) => !hasEdge(rule)).map(({ where }) => where)).toEqual([]);
  });
});
