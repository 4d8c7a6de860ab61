import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/browser.ts';
import { demoEventId } from '../support/demo-events.ts';
import { tabTo } from '../support/keyboard.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

const UNKNOWN_EVENT = '99999999-0000-4000-8000-000000000000';

describe('the list of friction events', () => {
  const setting = setUpSharedAdmin();

  const open = (search = '') => setting.open(`/events${search}`);

  it('lists the newest first and links each event to its page', async () => {
    const { page, errors } = await open();
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await page.getByRole('link', { name: demoEventId(8) }).click();
    await page.waitForURL(`**/events/${demoEventId(8)}`);
    expect(errors).toEqual([]);
  });

  it('sorts by the clicked column, reverses on a second click, and keeps the order in the URL', async () => {
    const { page } = await open('?min_friction_score=80');
    await expectEvents(page, [12, 11, 10, 9]);
    await page.getByRole('button', { name: 'Pressure' }).click();
    await expectEvents(page, [12, 11, 10, 9]);
    await page.getByRole('button', { name: 'Pressure' }).click();
    await expectEvents(page, [9, 10, 11, 12]);
    const column = page.getByRole('columnheader', { name: 'Pressure' });
    expect(await column.getAttribute('aria-sort')).toBe('ascending');
    await page.reload();
    await expectEvents(page, [9, 10, 11, 12]);
    expect(await column.getAttribute('aria-sort')).toBe('ascending');
    expect(await page.getByRole('columnheader', { name: 'Date' }).getAttribute('aria-sort')).toBeNull();
  });

  it('reads filters from the URL, counts them and clears them', async () => {
    const { page } = await open(
      '?min_friction_score=20&max_friction_score=80&date_from=2025-01-04&fidelity_bucket=HIGH&video_status=MISSING',
    );
    await expectEvents(page, [7, 4]);
    await page.getByRole('button', { name: 'Filters · 4 active' }).waitFor();
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('2025-01-04');
    expect(await page.getByLabel('Fidelity').inputValue()).toBe('HIGH');
    await page.getByText('20–80').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('');
  });

  it('filters by score, days, status, fidelity and id, and keeps the filters in the URL', async () => {
    const { page } = await open();
    await page.getByRole('slider', { name: 'Friction, minimum' }).focus();
    await page.keyboard.press('End');
    await expectEvents(page, [12]);
    await page.keyboard.press('Home');
    await page.getByLabel('From', { exact: true }).fill('2025-01-03');
    await page.getByLabel('To', { exact: true }).fill('2025-01-08');
    await expectEvents(page, [8, 7, 6, 5, 4, 3]);
    await page.getByLabel('Fidelity').selectOption('Low');
    await expectEvents(page, [6, 3]);
    await page.getByLabel('ID starts with').fill('not an id');
    await page.getByText('Use digits, letters a to f, and dashes.').waitFor();
    await page.getByLabel('ID starts with').fill(demoEventId(6).toUpperCase());
    await expectEvents(page, [6]);
    await page.reload();
    await expectEvents(page, [6]);
    await page.getByLabel('Video status').selectOption('Failed');
    await page.getByText('No events match these filters').waitFor();
    await page.getByRole('button', { name: 'Show all events' }).click();
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('loads the next page, focuses its first event, and retries a failed page', async () => {
    const { page } = await open('?limit=10');
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    await page.getByText('10+ events').waitFor();
    await page.route('**/trpc/admin.frictionEvents.list*', (route) => route.abort());
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('Could not load the next page').waitFor();
    await page.unroute('**/trpc/admin.frictionEvents.list*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await page.locator(`a:focus:text("${demoEventId(2)}")`).waitFor();
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  });

  it('renders the selected events, a range with Shift, and shows a toast when they are ready', async () => {
    const { page, errors } = await open('?duration_ms=1000');
    const box = (number: number) => page.getByLabel(`Select event ${demoEventId(number)}`);
    await box(3).click();
    await box(1).click({ modifiers: ['Shift'] });
    await box(5).click();
    await page.getByText('4 selected').waitFor();
    await page.getByRole('button', { name: 'Render 4' }).click();
    await page.getByText('4 renders queued').waitFor();
    await page.getByText('4 videos: 4 ready').waitFor();
    await expect.poll(() => statusOf(page, 1)).toBe('READY');
    expect(await statusOf(page, 5)).toBe('READY');
    expect(await statusOf(page, 4)).toBe('MISSING');
    await page.getByText('12 events').waitFor();

    await page.getByLabel('Select all events shown').click();
    await page.getByText('12 selected').waitFor();
    await page.getByLabel('Select all events shown').click();
    await box(5).click();
    await page.getByRole('button', { name: 'Render 1' }).click();
    await page.getByText('1 video was already in the cache').waitFor();

    // The status is that of the selected length.
    await page.getByLabel('Video length').selectOption('2 s');
    await expect.poll(() => statusOf(page, 5)).toBe('MISSING');
    expect(errors).toEqual([]);
  });

  it('lists rejected renders with the reason and keeps them selected', async () => {
    const { page } = await open('?duration_ms=1000&max_friction_score=8');
    // As if the event had been deleted meanwhile: request one that the server does not know.
    await page.route('**/trpc/admin.videos.renderMany*', (route) =>
      route.continue({ postData: (route.request().postData() ?? '').replace(demoEventId(1), UNKNOWN_EVENT) }),
    );
    await page.getByLabel(`Select event ${demoEventId(1)}`).click();
    await page.getByLabel(`Select event ${demoEventId(2)}`).click();
    await page.getByRole('button', { name: 'Render 2' }).click();
    const refused = page.getByRole('alert').filter({ hasText: '1 render rejected' });
    await refused.waitFor();
    expect(await refused.textContent()).toContain(UNKNOWN_EVENT);
    expect(await refused.textContent()).toContain('FRICTION_EVENT_NOT_FOUND');
    await page.getByText('1 selected').waitFor();
    expect(await page.getByLabel(`Select event ${demoEventId(1)}`).isChecked()).toBe(true);
    await refused.getByRole('button', { name: 'Close' }).click();
    await refused.waitFor({ state: 'detached' });
  });

  it('selects, loads more and renders with the keyboard alone', async () => {
    const { page } = await open('?duration_ms=1000&limit=10');
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    await tabTo(page, page.getByLabel(`Select event ${demoEventId(9)}`));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByLabel(`Select event ${demoEventId(7)}`));
    await page.keyboard.press('Shift+Space');
    await page.getByText('3 selected').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Load more' }));
    await page.keyboard.press('Enter');
    await page.locator(`a:focus:text("${demoEventId(2)}")`).waitFor();
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Shift+Tab');
      if ((await page.locator('button:focus', { hasText: 'Render 3' }).count()) > 0) break;
    }
    await page.keyboard.press('Enter');
    await page.getByText('3 videos: 3 ready').waitFor();
    // The selection is cleared, and the focus stays on the button.
    await page.locator('button:focus', { hasText: /^Render$/ }).waitFor();
    await expect.poll(() => statusOf(page, 8)).toBe('READY');
  });

  it('shows an error when the list fails to load, and retries on request', async () => {
    const { page } = await open('?video_status=QUEUED');
    await page.getByText('No events match these filters').waitFor();
    await page.route('**/trpc/admin.frictionEvents.list*', (route) => route.abort());
    await page.reload();
    const alert = page.getByRole('alert').filter({ hasText: 'Could not load the list' });
    await alert.waitFor();
    await page.unroute('**/trpc/admin.frictionEvents.list*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No events match these filters').waitFor();
  });

  it('loads by itself once the browser is back online', async () => {
    const { page } = await setting.open('/nowhere');
    const link = page.getByRole('link', { name: 'Friction events', exact: true });
    const code = page.waitForResponse(/events-page.*\.js/);
    const unfinished = new Set<Request>();
    page.on('request', (request) => unfinished.add(request));
    page.on('requestfinished', (request) => unfinished.delete(request));
    await link.hover();
    await code;
    // The page's code is loaded in several files at once.
    await expect.poll(() => unfinished.size, { timeout: PATIENCE_MS }).toBe(0);
    await page.context().setOffline(true);
    await link.click();
    await page.getByText('The list is not loaded').waitFor();
    await page.context().setOffline(false);
    await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('shows an empty state when there are no events', async () => {
    const { page } = await setting.open('/nowhere');
    await page.route('**/trpc/admin.frictionEvents.list*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        json: [{ result: { data: { items: [], next_cursor: null } } }],
      });
    });
    await page.getByRole('link', { name: 'Friction events', exact: true }).click();
    await page.getByText('No events yet').waitFor();
  });

  it('has no accessibility violations, overflow or layout shift at any width', async () => {
    await expectGoodLooks(setting, '/events?min_friction_score=20', async (page) => {
      await expectEvents(page, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
      const toggle = page.getByRole('button', { name: 'Filters · 1 active' });
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
      await page.getByLabel('ID starts with').waitFor();
      await page.getByLabel(`Select event ${demoEventId(3)}`).click();
      await page.getByText('1 selected').waitFor();
    });
  });
});

async function expectEvents(page: Page, numbers: readonly number[]): Promise<void> {
  const shown = () => page.locator('[data-event-link]').allTextContents();
  await expect.poll(shown).toEqual(numbers.map(demoEventId));
}

async function statusOf(page: Page, number: number): Promise<string | null> {
  const row = page.getByRole('row').filter({ hasText: demoEventId(number) });
  return await row.getByText(/^(?:MISSING|QUEUED|READY|FAILED)$/).textContent();
}
