import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from './support/accessibility.ts';
import { type AdminServer, startAdminServer } from './support/admin-server.ts';
import { launchBrowser, openPage, PATIENCE_MS } from './support/browser.ts';

describe('the sign-in', () => {
  let server: AdminServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startAdminServer(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('refuses a wrong key and an empty one, takes the right one, and leads to the page that was asked for', async () => {
    const { page } = await openPage(browser, server, '/system');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.keyboard.press('Enter');
    await page.getByText('Enter the admin key.').waitFor();
    await page.getByLabel('Admin key').fill('not the key of this server');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the admin key of the server.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByLabel('Admin key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/system');
    await page.context().close();
  });

  it('leaves nothing of the key in the page or in storage, and its cookie cannot be read by scripts', async () => {
    const { page, errors } = await openPage(browser, server, '/');
    await page.getByLabel('Admin key').fill(server.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        document.documentElement.outerHTML,
      ]),
    );
    expect(kept).not.toContain(server.adminKey);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('signs out: the next page asks for the key, and going back shows nothing', async () => {
    const { page } = await openPage(browser, server, '/videos');
    await page.getByLabel('Admin key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Videos', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('comes in the place of a page as soon as the session has ended elsewhere', async () => {
    const { page } = await openPage(browser, server, '/events');
    await page.getByLabel('Admin key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: PATIENCE_MS });
    await page.context().close();
  });

  it('fits a narrow window', async () => {
    const { page } = await openPage(browser, server, '/sign-in', { viewport: { width: 360, height: 640 } });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.context().close();
  });
});
