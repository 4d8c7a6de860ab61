import { describe, expect, it } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from './support/accessibility.ts';
import { setUpAdmin } from './support/setting.ts';

describe('what stands around every page', () => {
  const setting = setUpAdmin({ INLINE_WORKER: 'false' });

  it('leads to every page with the keyboard alone: the focus goes to the new page and the tab is named after it', async () => {
    const { page, errors } = await setting.open('/events');
    await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    for (const name of ['Videos', 'Sandbox', 'System', 'Friction events']) {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await expect.poll(() => page.title()).toBe(`${name} · Defrag Video`);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('has its ways behind a button in a narrow window', async () => {
    const { page } = await setting.open('/events', { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'System' }).waitFor({ state: 'hidden' });
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.context().close();
  });

  it('keeps the chosen colour scheme, and a page begins in it', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    const scheme = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
    await expect.poll(scheme).toBe('light');
    // Only what runs before the app does: the scheme must not wait for it.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await scheme()).toBe('light');
    await page.context().close();
  });

  it('says so when the network is gone, until it is back', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByText('There is no page at this address').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('tells when the server cannot be reached, and tries again when asked to', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByText('There is no page at this address').waitFor();
    await page.route('**/trpc/**', (route) => route.abort());
    await page.reload();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/trpc/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There is no page at this address').waitFor();
    await page.context().close();
  });
});
