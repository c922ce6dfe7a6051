import { readFileSync } from 'node:fs';

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

// Words that the glossary has retired, at the start of any part of a name. `touched` and `settle` are common words for
// forms and promises.
const glossary = readFileSync(new URL('../docs/glossary.md', import.meta.url), 'utf8');
const retired = glossary
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .flatMap((line) => line.split('|').at(-2)?.match(/(?<=`)[a-z]+(?=`)/g) ?? [])
  .filter((word) => !['touched', 'settle', 'settles'].includes(word));
const capitalised = retired.map((word) => word[0].toUpperCase() + word.slice(1));
const name = `^(?!.*((^|_)(${retired.join('|')})|(${capitalised.join('|')}))(?![a-z]))`;

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/generated/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-console': 'error',
      'id-match': ['error', name, { properties: true, classFields: true, onlyDeclarations: true }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      // TypeScript already checks every name.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      // Any staff account can write texts of offers, so only one component shows HTML.
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/platform/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/platform talks to the shell.' }] },
      ],
      'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
    },
  },
);
