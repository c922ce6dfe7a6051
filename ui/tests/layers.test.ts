// The allowed imports between the parts of the window. An import against these tables would connect parts that can
// change separately today.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');
const FAKE = join(import.meta.dirname, '../dev');

/**
 * The folders from the lowest to the highest: each uses itself and those before it. `window` is the files in no folder.
 */
const LAYERS = ['styles', 'generated', 'platform', 'messages', 'lib', 'components', 'features', 'window'];

/** The folders of the components that each of them uses besides itself; `.` is the files in no folder. */
const COMPONENTS: Record<string, string[]> = {
  '.': [],
  form: ['.'],
  picture: ['.'],
  display: ['.', 'form'],
  editor: ['.', 'form', 'picture'],
  leaving: ['.', 'editor'],
  notifications: ['.', 'form'],
  settings: ['.', 'form'],
};

interface Arrow {
  from: string;
  to: string;
}

/**
 * Returns every import of one file of a folder by another, with paths from the folder. Imports from below `outside` are
 * left out.
 */
function arrows(folder: string, outside?: string): Arrow[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(ts|svelte)$/.test(path));
  const known = new Set(files);
  return files.flatMap((from) => {
    const text = readFileSync(join(folder, from), 'utf8');
    const named = [...text.matchAll(/\b(?:import|export)\b(?!\.)[^;'"]*['"](\.[^'"]*)['"]/g)];
    return named
      .map(([, name = '']) => posix.join(posix.dirname(from), name))
      .filter((path) => !path.endsWith('.css') && (outside === undefined || !path.startsWith(outside)))
      .map((path) => {
        const to = [path, `${path}.ts`, `${path}/index.ts`].find((one) => known.has(one));
        if (to === undefined) throw new Error(`${relative('.', from)} imports ${path}, which is not there.`);
        return { from, to };
      });
  });
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : 'window');
const innerOf = (path: string): string => (path.split('/').length > 2 ? (path.split('/')[1] ?? '') : '.');
const written = ({ from, to }: Arrow): string => `${from} → ${to}`;

/** Returns a cycle of imports, or null if there is none. */
function circle(all: Arrow[]): string[] | null {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of all) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const walk = (at: string, way: string[]): string[] | null => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return null;
    for (const to of targets.get(at) ?? []) {
      const found = walk(to, [...way, at]);
      if (found) return found;
    }
    done.add(at);
    return null;
  };
  for (const at of targets.keys()) {
    const found = walk(at, []);
    if (found) return found;
  }
  return null;
}

describe('The folders of the window', () => {
  const all = arrows(SOURCE);
  const within = (folder: string): Arrow[] =>
    all.filter(({ from, to }) => folderOf(from) === folder && folderOf(to) === folder && innerOf(from) !== innerOf(to));
  const foldersIn = (path: string): string[] =>
    readdirSync(join(SOURCE, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();

  test('are all in the tables', () => {
    expect(foldersIn('.')).toEqual(LAYERS.filter((layer) => layer !== 'window').sort());
    expect(foldersIn('components')).toEqual(Object.keys(COMPONENTS).filter((name) => name !== '.').sort());
    expect(all.length).toBeGreaterThan(500);
  });

  test('use those below them only', () => {
    const upwards = all.filter(({ from, to }) => LAYERS.indexOf(folderOf(to)) > LAYERS.indexOf(folderOf(from)));
    expect(upwards.map(written)).toEqual([]);
  });

  test('of features use no other feature', () => {
    expect(within('features').map(written)).toEqual([]);
    expect(foldersIn('features').length).toBeGreaterThan(5);
  });

  test('of components use those that the table names, and each that it names', () => {
    const used = within('components');
    const strangers = used.filter(({ from, to }) => !COMPONENTS[innerOf(from)]?.includes(innerOf(to)));
    expect(strangers.map(written)).toEqual([]);
    const named = Object.entries(COMPONENTS).flatMap(([from, list]) => list.map((to) => `${from} → ${to}`));
    expect(named.filter((one) => !used.some(({ from, to }) => one === `${innerOf(from)} → ${innerOf(to)}`))).toEqual([]);
  });

  test('hold no two files that need each other, not even for types', () => {
    expect(circle(all)).toBeNull();
  });
});

test('No two files of the fake desk need each other, not even for types', () => {
  const all = arrows(FAKE, '../src/');
  expect(all.length).toBeGreaterThan(60);
  expect(circle(all)).toBeNull();
});
