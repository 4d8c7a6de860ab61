import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPage, signIn } from '../support/browser.ts';
import { demoEventId, renderDemoVideo } from '../support/demo-events.ts';
import { differenceMeasured, differenceSaid, framesShown } from '../support/event-page.ts';
import { accessibilityViolations, expectGoodLooks, layoutShift } from '../support/looks.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

/** Both scores are 100, which is the hardest picture to encode. */
const EVENT_NUMBER = 12;
const EVENT = demoEventId(EVENT_NUMBER);

/** Largest acceptable mean difference. */
const MOST_MEAN = 0.02;

describe('the event page', () => {
  const setting = setUpSharedAdmin();
  beforeAll(async () => {
    await renderDemoVideo(setting.server, EVENT_NUMBER, { duration_ms: 2_000 });
  });

  const open = (path: string, options = {}) => setting.open(`/events/${path}`, options);

  it('shows "not found" for an unknown and for an invalid event id', async () => {
    for (const id of ['ffffffff-ffff-4fff-8fff-ffffffffffff', 'not-an-id']) {
      const { page } = await open(id);
      await page.getByText(`There is no friction event ${id}`).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Go to the friction events' }).click();
      await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    }
  });

  it('scrubs preview and video to the same frames, which differ by at most 2 % on average', async () => {
    const { page, errors } = await open(`${EVENT}?duration_ms=2000`);
    const slider = page.getByRole('slider', { name: 'Position' });
    await page.getByRole('switch', { name: 'Show difference' }).check();
    const at = async (frame: number) => {
      expect(await framesShown(page, frame, 60)).toEqual({ preview: frame, video: frame });
      const [said, measured] = [await differenceSaid(page, frame), await differenceMeasured(page)];
      expect(said).toEqual({
        mean: `${(measured.mean * 100).toFixed(3)} %`,
        max: `${(measured.max * 100).toFixed(1)} %`,
      });
      expect(measured.mean).toBeGreaterThan(0);
      expect(measured.mean).toBeLessThanOrEqual(MOST_MEAN);
    };
    await at(0);
    await slider.press('ArrowRight');
    await at(1);
    await slider.press('End');
    await at(59);
    await slider.press('PageDown');
    await at(53);
    for (const position of [0.25, 0.5, 0.8]) await at(await dragTo(page, position, 60));
    expect(errors).toEqual([]);
  });

  it('keeps position and duration in the URL, names the state, and moves the playhead of the curves', async () => {
    const { page } = await open(`${EVENT}?duration_ms=2000&position=0.5`);
    await framesShown(page, 30, 60);
    await page.getByTestId('position-state').getByText('Awareness').waitFor();
    const tension = page.locator('[data-curve="tension"]');
    await page.getByRole('slider', { name: 'Position' }).press('Home');
    await page.getByTestId('position-state').getByText('Tension').waitFor();
    await tension.locator('[data-value]').getByText('100.0 %').waitFor();
    expect(Math.abs((await playhead(page)).fromStart)).toBeLessThan(1);
    await page.getByRole('slider', { name: 'Position' }).press('End');
    await page.getByTestId('position-state').getByText('Stable boundary').waitFor();
    await tension.locator('[data-value]').getByText('0.0 %').waitFor();
    expect(Math.abs((await playhead(page)).fromEnd)).toBeLessThan(1);
    await page.waitForURL(/position=1(&|$)/);

    await page.getByLabel('Duration').selectOption({ label: '1 s' });
    await page.waitForURL(/duration_ms=1000/);
    await page.locator('canvas[data-painted="29/30"]').waitFor();
    await page.getByText('Not rendered yet').waitFor();
    await page.reload();
    await page.locator('canvas[data-painted="29/30"]').waitFor();
  });

  it('has no accessibility violations, overflow or layout shift with a video and its difference', async () => {
    await expectGoodLooks(setting, `/events/${EVENT}?duration_ms=2000`, async (page) => {
      await page.locator('video[data-status="settled"]').waitFor();
      await page.locator('.recharts-line-curve').nth(7).waitFor();
      expect(await layoutShift(page)).toBeLessThan(0.01);
      await page.getByRole('switch', { name: 'Show difference' }).check();
      await differenceSaid(page, 0);
    });
  });

  it('has no accessibility violations, overflow or layout shift without a video', async () => {
    await expectGoodLooks(setting, `/events/${EVENT}?duration_ms=9000`, async (page) => {
      await page.getByText('Not rendered yet').waitFor();
      await page.locator('canvas[data-painted^="0/"]').waitFor();
      await page.locator('.recharts-line-curve').nth(7).waitFor();
    });
  });
});

// The browser treats localhost and 127.0.0.1 as different origins, and the video's URL names the latter.
describe('a video of another origin', () => {
  const setting = setUpSharedAdmin();

  async function openFromLocalhost() {
    const url = setting.server.url.replace('127.0.0.1', 'localhost');
    const localhost = { url, adminUrl: `${url}/admin`, adminKey: setting.server.adminKey };
    const storageState = await signIn(setting.browser, localhost);
    return await openPage(setting.browser, localhost, '/system', { storageState });
  }

  it('is compared if its server allows that; otherwise it can be watched, and the page says what to allow', async () => {
    const { page, errors } = await openFromLocalhost();
    const event = `${new URL(page.url()).origin}/admin/events/${EVENT}?duration_ms=2000`;
    await page.goto(event);
    await page.getByRole('switch', { name: 'Show difference' }).check();
    await differenceSaid(page, 0);
    expect(await page.locator('video').getAttribute('src')).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(errors).toEqual([]);

    await page.route('http://127.0.0.1:*/videos/**', async (route) => {
      const response = await route.fetch();
      // Without this header, Playwright allows every page to read the response.
      const headers = { ...response.headers(), 'access-control-allow-origin': 'http://elsewhere.example' };
      await route.fulfill({ response, headers });
    });
    await page.goto(event);
    await page.getByText("The video's server does not allow this page to read its pixels.").waitFor();
    await page.locator('video[data-status="settled"]').waitFor();
    expect(await page.getByRole('switch', { name: 'Show difference' }).isDisabled()).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
  });
});

/** Drags the slider to a position and returns the frame where it came to rest. */
async function dragTo(page: Page, position: number, frames: number): Promise<number> {
  const track = page.locator('[data-scrubber="track"]');
  const box = await track.boundingBox();
  if (!box) throw new Error('There is no slider');
  await page.mouse.move(box.x + 0.1 * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + position * box.width, box.y + box.height / 2, { steps: 20 });
  await page.mouse.up();
  const value = Number(await page.getByRole('slider', { name: 'Position' }).inputValue());
  expect(value).toBeCloseTo(position, 2);
  return Math.round(value * (frames - 1));
}

/** Distance of the playhead from both ends of its curve, in pixels. */
async function playhead(page: Page): Promise<{ fromStart: number; fromEnd: number }> {
  return await page.evaluate(() => {
    const plot = document.querySelector('[data-curve="tension"]');
    const line = plot?.querySelector('[data-playhead]')?.getBoundingClientRect();
    const curve = plot?.querySelector<SVGPathElement>('.recharts-line-curve');
    const drawing = curve?.ownerSVGElement?.getBoundingClientRect();
    if (!line || !curve || !drawing) throw new Error('There is no playhead, or no curve');
    const [x, { x: start, width }] = [line.x + line.width / 2 - drawing.x, curve.getBBox()];
    return { fromStart: x - start, fromEnd: start + width - x };
  });
}
