import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@defrag/scrubber/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

/** Milliseconds that the first paint waits for the font, so that loading it shifts no text. */
const FONT_PATIENCE_MS = 300;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

const late = new Promise<void>((resolve) => setTimeout(resolve, FONT_PATIENCE_MS));
const loaded = document.fonts.load('1em "JetBrains Mono Variable"').catch(() => undefined);
await Promise.race([loaded, late]);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
