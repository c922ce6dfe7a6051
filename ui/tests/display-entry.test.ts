// The reception display loads nothing of the staff's screens: its imports are walked from its entry.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../src');
/** The files and folders that it may load. */
const ALLOWED = [
  'display.ts',
  'features/display/',
  'generated/',
  'messages/',
  'styles/',
  'lib/contrast.ts',
  'lib/fields.ts',
  'components/display/',
  'components/form/Field.svelte',
  'components/form/Switch.svelte',
  'components/Button.svelte',
  'components/Chip.svelte',
  'components/ConfirmDialog.svelte',
  'components/Dialog.svelte',
  'components/dialogs.svelte.ts',
  'components/Icon.svelte',
  'components/SafeHtml.svelte',
  'components/Select.svelte',
  'platform/',
];

/** Returns the files that an entry loads. Types are left out of the program. */
function loaded(entry: string): Set<string> {
  const found = new Set<string>();
  const walk = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, types, name = ''] of text.matchAll(/\b(?:import|export)\b(?!\.)(\s+type\b)?[^;'"]*['"](\.[^'"]*)['"]/g)) {
      if (types !== undefined || name.includes('?')) continue;
      const path = join(dirname(file), name);
      const to = [path, `${path}.ts`, join(path, 'index.ts')].find((one) => /\.(ts|svelte|css)$/.test(one) && exists(one));
      if (to === undefined) throw new Error(`${file} imports ${name}, which is not there.`);
      walk(to);
    }
  };
  walk(join(SOURCE, entry));
  return found;
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

test('The display loads nothing of the staff’s screens', () => {
  const files = [...loaded('display.ts')].map((file) => relative(SOURCE, file).split(sep).join('/'));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !ALLOWED.some((allowed) => file.startsWith(allowed)))).toEqual([]);
  expect(readFileSync(join(SOURCE, '../display.html'), 'utf8')).toContain('src="/src/display.ts"');
});
