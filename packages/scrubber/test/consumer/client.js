import '@defrag/scrubber/styles.css';
import { createElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { Page } from './page.js';

const root = document.getElementById('root');
if (root.hasChildNodes()) {
  hydrateRoot(root, createElement(Page), { onRecoverableError: reportError });
} else createRoot(root).render(createElement(Page));
