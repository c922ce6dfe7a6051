// The entry of the reception display. It loads nothing of the staff's screens; a test walks its imports.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

import { mount } from 'svelte';

import Display from './features/display/Display.svelte';
import { preventReload } from './platform/reload';

const target = document.getElementById('app');
if (!target) throw new Error('display.html has no #app');

preventReload();
mount(Display, { target });
