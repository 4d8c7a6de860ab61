import type { Page } from 'playwright-core';
import { DURATION_MS } from './demo-videos.ts';

/** A page in one of its states. */
export interface Scene {
  /** Name of the file. */
  readonly name: string;
  /** Path below the app. */
  readonly path: string;
  /** Whether it is shown without a session. */
  readonly isSignedOut?: boolean;
  /** Brings the page into its state and waits until it is loaded. */
  arrange(page: Page): Promise<void>;
}

const EVENT = '/events/00000000-0000-4000-8000-000000000008';
const EVENT_WITHOUT_VIDEO = '/events/00000000-0000-4000-8000-000000000005';

/** Every page in its usual states. */
export const SCENES: readonly Scene[] = [
  { name: 'sign-in', path: '/sign-in', isSignedOut: true, arrange: (page) => heading(page, 'Sign in') },
  {
    name: 'events',
    path: `/events?duration_ms=${DURATION_MS}`,
    arrange: (page) => heading(page, 'Friction events'),
  },
  {
    name: 'events-none',
    path: '/events?id_prefix=ffff',
    arrange: (page) => heading(page, 'Friction events'),
  },
  { name: 'event', path: `${EVENT}?duration_ms=${DURATION_MS}&position=0.25`, arrange: quiet },
  { name: 'event-without-video', path: EVENT_WITHOUT_VIDEO, arrange: quiet },
  { name: 'videos', path: '/videos', arrange: (page) => heading(page, 'Videos') },
  { name: 'sandbox', path: '/sandbox', arrange: (page) => heading(page, 'Sandbox') },
  { name: 'sandbox-grid', path: '/sandbox?view=grid', arrange: (page) => heading(page, 'Sandbox') },
  { name: 'system', path: '/system', arrange: (page) => heading(page, 'System') },
  { name: 'not-found', path: '/nowhere', arrange: (page) => heading(page, 'Page not found') },
];

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await quiet(page);
}

async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}
