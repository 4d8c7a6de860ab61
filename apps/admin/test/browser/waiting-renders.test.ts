import { describe, expect, it } from 'vitest';
import { demoEventId, requestDemoVideo } from '../support/demo-events.ts';
import { renderButton } from '../support/event-page.ts';
import { accessibilityViolations } from '../support/looks.ts';
import { setUpOwnAdmin } from '../support/setting.ts';
import { cardOf } from '../support/video-cards.ts';

const EVENT = demoEventId(8);

describe('a render without a worker', () => {
  const setting = setUpOwnAdmin({ INLINE_WORKER: 'false' });

  it('waits, can be cancelled from the event page, and can then be requested again', async () => {
    const { page, errors } = await setting.open(`/events/${EVENT}`);
    await renderButton(page).click();
    await page.getByText('Waiting for a worker…').waitFor();
    await page.getByTestId('render-progress').getByText('0 / 180').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel render' }).click();
    await page.getByText('The last render was cancelled.').waitFor();
    await page.getByText(/^The video of event \S+ was cancelled$/).waitFor();
    await page.getByRole('row', { name: /CANCELLED Render/ }).waitFor();
    await renderButton(page).waitFor();
    expect(errors).toEqual([]);
  });

  it('is followed again after its stream was lost, with a message meanwhile', async () => {
    const { page } = await setting.open(`/events/${EVENT}?duration_ms=2000`);
    let isOut = true;
    await page.route('**/trpc/admin.videos.progress**', (route) =>
      isOut ? route.fulfill({ status: 502 }) : route.continue(),
    );
    await renderButton(page).click();
    await page.getByText('Connection lost. Reconnecting…').waitFor();
    isOut = false;
    await page.getByText('Waiting for a worker…').waitFor();
  });

  it('leads to the sign-in page when its stream is rejected because the session has ended', async () => {
    const { page } = await setting.open(`/events/${EVENT}?duration_ms=3000`);
    await page.route('**/trpc/admin.videos.progress**', async (route) => {
      await page.context().clearCookies();
      const { cookie: _, ...headers } = route.request().headers();
      await route.continue({ headers });
    });
    await renderButton(page).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('can be cancelled and retried in the video list, and not deleted while it waits', async () => {
    const { hash } = await requestDemoVideo(setting.server, 8, { duration_ms: 1_000 });
    const { page, errors } = await setting.open('/videos');
    const card = cardOf(page, hash);
    await card.getByText('Waiting for a worker').waitFor();
    await card.getByRole('button', { name: /^More actions for/ }).click();
    const refused = page.getByRole('menuitem', { name: 'Delete (cancel the render first)' });
    expect(await refused.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: /^Cancel the render/ }).click();
    await page.getByText('Cancelling the render').waitFor();
    await card.getByText('The render was cancelled.').waitFor();
    await card.getByLabel(/^Select video/).click();
    await page.getByRole('button', { name: 'Retry 1', exact: true }).click();
    await card.getByText('Waiting for a worker').waitFor();
    expect(errors).toEqual([]);
  });

  it('has a video list that shows load errors and retries on request', async () => {
    const { page } = await setting.open('/videos');
    await page.locator('[data-video]').first().waitFor();
    await page.route('**/trpc/**', (route) =>
      route.request().url().includes('admin.videos.list') ? route.abort() : route.continue(),
    );
    await page.reload();
    const alert = page.getByRole('alert').filter({ hasText: 'Could not load the list' });
    await alert.waitFor();
    await page.unroute('**/trpc/**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-video]').first().waitFor();
  });
});
