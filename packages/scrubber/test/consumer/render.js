import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { Page } from './page.js';

if ('document' in globalThis || 'window' in globalThis) throw new Error('Expected Node without a DOM');
process.stdout.write(renderToString(createElement(Page)));
