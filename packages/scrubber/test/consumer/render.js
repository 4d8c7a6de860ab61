import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { Page } from './page.js';

if ('document' in globalThis || 'window' in globalThis) throw new Error('This is no plain Node');
process.stdout.write(renderToString(createElement(Page)));
