import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { t } from './messages';
import { connectChanges, preventReload } from './platform';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// Prevents that a file dropped outside the picture field replaces the window's page.
for (const kind of ['dragover', 'drop'] as const) {
  window.addEventListener(kind, (event) => event.preventDefault());
}

preventReload();

try {
  await connectChanges();
  mount(App, { target });
} catch {
  const sentence = document.createElement('main');
  sentence.style.padding = '3rem';
  sentence.textContent = `${t('app-cannot-start')} ${t('app-cannot-start-hint')}`;
  target.replaceChildren(sentence);
}
