import { describe, expect, it } from 'vitest';
import { demoEventId, renderDemoVideo } from '../support/demo-events.ts';
import { renderButton } from '../support/event-page.ts';
import { accessibilityViolations } from '../support/looks.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

const EVENT_NUMBER = 10;
const EVENT = demoEventId(EVENT_NUMBER);

describe('a render requested on the event page', () => {
  const setting = setUpSharedAdmin();

  const open = (path: string) => setting.open(`/events/${path}`);

  it('shows its progress, then the video and its details', async () => {
    const { page, errors } = await open(`${EVENT}?duration_ms=4000`);
    await page.getByText('Not rendered yet').waitFor();
    await renderButton(page).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    const progress = page.getByTestId('render-progress');
    await progress.getByText(/^[1-9]\d* \/ 120$/).waitFor();
    await progress.getByText('Rendering…').waitFor();
    await page
      .getByRole('region', { name: 'Video', exact: true })
      .getByText('RENDERING', { exact: true })
      .waitFor();
    // The speed needs two progress steps.
    await progress.getByText(/^\d+\.\d$/).waitFor();
    await page.locator('video[data-status="settled"]').waitFor();
    await page.getByText(/^The video of event \S+ is ready$/).waitFor();
    await page.getByTestId('determinism').getByText('UNVERIFIED').waitFor();
    expect(await page.getByRole('button', { name: 'Copy the content digest' }).count()).toBe(1);
    await page.getByRole('table').getByText('SUCCEEDED').waitFor();
    expect(await progress.count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('is verified after a confirmation, with identical bytes', async () => {
    await renderDemoVideo(setting.server, EVENT_NUMBER, { duration_ms: 1_500 });
    const { page, errors } = await open(`${EVENT}?duration_ms=1500`);
    await page.getByRole('button', { name: 'Verify render' }).click();
    const dialog = page.getByRole('dialog', { name: 'Verify this render?' });
    await dialog.getByText('byte for byte').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('table').getByRole('row').count()).toBe(2);

    await page.getByRole('button', { name: 'Verify render' }).first().click();
    await dialog.getByRole('button', { name: 'Verify render' }).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    await page.getByTestId('determinism').getByText('IDENTICAL').waitFor();
    await page.getByText('produced exactly the stored bytes').waitFor();
    await page.getByRole('row', { name: /SUCCEEDED Verification/ }).waitFor();
    expect(errors).toEqual([]);
  });

  it('shows a toast on another page when it ends', async () => {
    const { page } = await open(`${EVENT}?duration_ms=2000`);
    await renderButton(page).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.getByText(/^The video of event \S+ is ready$/).waitFor();
  });

  it('is cancelled while it is rendering', async () => {
    const { page, errors } = await open(`${EVENT}?duration_ms=10000`);
    await renderButton(page).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    await page.getByTestId('render-progress').getByText('Rendering…').waitFor();
    await page.getByRole('button', { name: 'Cancel render' }).click();
    await page.getByRole('row', { name: /^CANCELLED/ }).waitFor();
    expect(errors).toEqual([]);
  });
});
