import { describe, expect, it } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from '../support/looks.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

describe('the app shell', () => {
  const setting = setUpSharedAdmin();

  it('navigates with the keyboard, moves the focus to the new page and sets the tab title', async () => {
    const { page, errors } = await setting.open('/events');
    await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    for (const name of ['Videos', 'Sandbox', 'System', 'Friction events']) {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await expect.poll(() => page.title()).toBe(`${name} · Defrag Video`);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    }
    expect(errors).toEqual([]);
  });

  it('hides the navigation behind a menu button in a narrow window', async () => {
    const { page } = await setting.open('/events', { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'System' }).waitFor({ state: 'hidden' });
    expect(await sidewaysOverflow(page)).toBe(0);
  });

  it('keeps the chosen colour scheme and applies it before the app loads', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    const scheme = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
    await expect.poll(scheme).toBe('light');
    // Block the app's own code: the scheme must not wait for it.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await scheme()).toBe('light');
  });

  it('shows a banner while the browser is offline', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByText('There is no page at this URL').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'detached' });
  });

  it('shows an error when the server is unreachable, and retries on request', async () => {
    const { page } = await setting.open('/nowhere');
    await page.getByText('There is no page at this URL').waitFor();
    await page.route('**/trpc/**', (route) => route.abort());
    await page.reload();
    await page.getByText('Cannot reach the server.').waitFor();
    await page.unroute('**/trpc/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There is no page at this URL').waitFor();
  });
});
