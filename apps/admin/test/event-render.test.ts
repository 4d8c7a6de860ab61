import { describe, expect, it } from 'vitest';
import { accessibilityViolations } from './support/accessibility.ts';
import { demoEventId, renderDemoVideo } from './support/demo-events.ts';
import { differenceSaid } from './support/event-page.ts';
import { tabTo } from './support/keyboard.ts';
import { setUpAdmin } from './support/setting.ts';

const EVENT_NUMBER = 10;
const EVENT = demoEventId(EVENT_NUMBER);

describe('a render that is asked for on the page of an event', () => {
  const setting = setUpAdmin({ RENDER_THREADS: '1' });

  const open = (path: string) => setting.open(`/events/${path}`);

  it('is offered in the place of the video, shows its progress, and then the video and what came out', async () => {
    const { page, errors } = await open(`${EVENT}?duration_ms=4000`);
    await page.getByText('This video is not rendered yet').waitFor();
    await page.getByRole('button', { name: 'Render it now' }).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    const progress = page.getByTestId('render-progress');
    await progress.getByText(/^[1-9]\d* \/ 120$/).waitFor();
    await progress.getByText('Rendering.').waitFor();
    await page
      .getByRole('region', { name: 'Video', exact: true })
      .getByText('RENDERING', { exact: true })
      .waitFor();
    // The speed is that of two steps at least.
    await progress.getByText(/^\d+\.\d$/).waitFor();
    await page.locator('video[data-status="settled"]').waitFor();
    await page.getByText(/^The video of event \S+ is ready$/).waitFor();
    await page.getByTestId('determinism').getByText('UNVERIFIED').waitFor();
    expect(await page.getByRole('button', { name: 'Copy the content digest' }).count()).toBe(1);
    await page.getByRole('table').getByText('SUCCEEDED').waitFor();
    expect(await progress.count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is repeated after a question, and finds the same bytes', async () => {
    await renderDemoVideo(setting.server, EVENT_NUMBER, { duration_ms: 1_500 });
    const { page, errors } = await open(`${EVENT}?duration_ms=1500`);
    await page.getByRole('button', { name: 'Force regenerate' }).click();
    const question = page.getByRole('dialog', { name: 'Render this video again?' });
    await question.getByText('Other bytes are an error').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await question.getByRole('button', { name: 'Keep it' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await page.getByRole('table').getByRole('row').count()).toBe(2);

    await page.getByRole('button', { name: 'Force regenerate' }).click();
    await question.getByRole('button', { name: 'Render again' }).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    await page.getByTestId('determinism').getByText('IDENTICAL').waitFor();
    await page.getByText('gave exactly the bytes that are stored').waitFor();
    await page.getByRole('row', { name: /SUCCEEDED Forced/ }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('tells of its end on whatever page one is by then', async () => {
    const { page } = await open(`${EVENT}?duration_ms=2000`);
    await page.getByRole('button', { name: 'Render it now' }).click();
    await page.getByRole('progressbar', { name: 'Frames rendered' }).waitFor();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.getByText(/^The video of event \S+ is ready$/).waitFor();
    await page.context().close();
  });

  it('needs the keyboard alone, as do scrubbing, comparing, and rendering again', async () => {
    const { page } = await open(`${EVENT}?duration_ms=1000`);
    await page.getByRole('button', { name: 'Render', exact: true }).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Render', exact: true }));
    await page.keyboard.press('Enter');
    await page.locator('video[data-status="settled"]').waitFor();
    await tabTo(page, page.getByRole('slider', { name: 'Position' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.getByRole('switch', { name: 'Show the difference' }));
    await page.keyboard.press('Space');
    await differenceSaid(page, 2);
    await tabTo(page, page.getByRole('button', { name: 'Force regenerate' }));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Render again' }));
    await page.keyboard.press('Enter');
    await page.getByTestId('determinism').getByText('IDENTICAL').waitFor();
    await tabTo(page, page.getByLabel('Code: Embed'));
    await page.context().close();
  });
});
