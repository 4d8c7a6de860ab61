import { describe, expect, it } from 'vitest';
import { SIGNED_OUT } from '../support/browser.ts';
import { accessibilityViolations, sidewaysOverflow } from '../support/looks.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

describe('the session', () => {
  const setting = setUpSharedAdmin();

  const openSignedOut = (path: string, options = {}) =>
    setting.open(path, { storageState: SIGNED_OUT, ...options });

  it('rejects an empty and a wrong key, accepts the right one, and returns to the requested page', async () => {
    const { page } = await openSignedOut('/system');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.keyboard.press('Enter');
    await page.getByText('Enter the admin key.').waitFor();
    await page.getByLabel('Admin key').fill('not the key of this server');
    await page.keyboard.press('Enter');
    await page.getByText("That key isn't right.").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByLabel('Admin key').fill(setting.server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/system');
  });

  it('leaves no trace of the key in the page or in storage, and sets an HttpOnly cookie', async () => {
    const { page, errors } = await openSignedOut('/');
    await page.getByLabel('Admin key').fill(setting.server.adminKey);
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
    expect(kept).not.toContain(setting.server.adminKey);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(errors).toEqual([]);
  });

  it('requires the key again after signing out, also when going back', async () => {
    const { page } = await setting.open('/videos');
    await page.getByRole('heading', { name: 'Videos', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('shows the sign-in page once the session has ended', async () => {
    const { page } = await setting.open('/events');
    await page.getByRole('heading', { name: 'Friction events', level: 1 }).waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('has a sign-in page that fits a narrow window', async () => {
    const { page } = await openSignedOut('/sign-in', { viewport: { width: 360, height: 640 } });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
  });
});
