import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from './support/accessibility.ts';
import { inScheme, layoutShift } from './support/browser.ts';
import { demoEventId, renderDemoVideo } from './support/demo-events.ts';
import { differenceMeasured, differenceSaid, framesShown } from './support/event-page.ts';
import { setUpAdmin } from './support/setting.ts';

/** The event with both scores at 100: its picture is the hardest to encode. */
const EVENT_NUMBER = 12;
const EVENT = demoEventId(EVENT_NUMBER);

/** The most that a mean difference may be. */
const MOST_MEAN = 0.02;

describe('the page of an event', () => {
  const setting = setUpAdmin();
  beforeAll(async () => {
    await renderDemoVideo(setting.server, EVENT_NUMBER, { duration_ms: 4_000 });
  });

  const open = (path: string, options = {}) => setting.open(`/events/${path}`, options);

  it('says that there is no such event, for an id of none and for what is no id', async () => {
    for (const id of ['ffffffff-ffff-4fff-8fff-ffffffffffff', 'not-an-id']) {
      const { page } = await open(id);
      await page.getByText(`There is no friction event ${id}`).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Go to the friction events' }).click();
      await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
      await page.context().close();
    }
  });

  it('scrubs preview and video to the same frame, which differ by at most 2 % in the mean', async () => {
    const { page, errors } = await open(`${EVENT}?duration_ms=4000`);
    const slider = page.getByRole('slider', { name: 'Position' });
    await page.getByRole('switch', { name: 'Show the difference' }).check();
    const at = async (frame: number) => {
      expect(await framesShown(page, frame, 120)).toEqual({ preview: frame, video: frame });
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
    await at(119);
    await slider.press('PageDown');
    await at(107);
    for (const position of [0.25, 0.5, 0.8]) await at(await dragTo(page, position, 120));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keeps position and length in the URL, names the state, and moves the playhead of the curves along', async () => {
    const { page } = await open(`${EVENT}?duration_ms=4000&position=0.5`);
    await framesShown(page, 60, 120);
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
    await page.getByText('This video is not rendered yet').waitFor();
    await page.reload();
    await page.locator('canvas[data-painted="29/30"]').waitFor();
    await page.context().close();
  });

  it('moves nothing while it loads, where there is a video and where there is none', async () => {
    for (const durationMs of [4_000, 9_000]) {
      const { page } = await open(`${EVENT}?duration_ms=${durationMs}`);
      await page.locator('canvas[data-painted^="0/"]').waitFor();
      await page.locator('.recharts-line-curve').nth(7).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await layoutShift(page)).toBeLessThan(0.01);
      await page.context().close();
    }
  });

  it.each([
    ['dark', 360],
    ['light', 360],
    ['dark', 1_440],
    ['light', 1_440],
    ['dark', 1_920],
  ] as const)(
    'has nothing that axe minds and nothing to scroll sideways, %s at %d px',
    async (scheme, width) => {
      const viewport = { width, height: 900 };
      const state = inScheme(setting.storageState, setting.server, scheme);
      const { page, errors } = await open(`${EVENT}?duration_ms=4000`, { viewport, storageState: state });
      await page.locator('video[data-status="settled"]').waitFor();
      await page.getByRole('switch', { name: 'Show the difference' }).check();
      await differenceSaid(page, 0);
      await page.locator('.recharts-line-curve').nth(7).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);

      await page.getByLabel('Duration').selectOption({ label: '7 s' });
      await page.getByText('This video is not rendered yet').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );
});

/** Drags the slider to a position and tells the frame of the one where it came to rest. */
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

/** How far along the curve of its plot the playhead stands, in pixels from the beginning and from the end. */
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
