import type { BrowserCommandContext } from 'vitest/node';

/** A point in CSS pixels from the top left of the test's page. */
export type Point = readonly [x: number, y: number];

/** Emulated media features. */
export interface SystemWishes {
  readonly forcedColors?: 'active' | 'none';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Presses the mouse at the first point and moves it to the others in order. */
    pressMouse(points: readonly Point[], button?: 'left' | 'right'): Promise<void>;
    releaseMouse(button?: 'left' | 'right'): Promise<void>;
    /** Puts a finger on the first point, moves it to the others and lifts it. */
    dragFinger(points: readonly Point[]): Promise<void>;
    emulateSystem(wishes: SystemWishes): Promise<void>;
  }
}

/** Converts points from the test's iframe to the page. */
async function inPage({ frame }: BrowserCommandContext, points: readonly Point[]): Promise<Point[]> {
  const box = await (await (await frame()).frameElement()).boundingBox();
  return points.map(([x, y]) => [x + (box?.x ?? 0), y + (box?.y ?? 0)]);
}

/** Playwright commands for tests in the browser. */
export const commands = {
  async pressMouse(
    context: BrowserCommandContext,
    points: readonly Point[],
    button: 'left' | 'right' = 'left',
  ): Promise<void> {
    const { mouse } = context.page;
    const [first = [0, 0], ...others] = await inPage(context, points);
    await mouse.move(...first);
    await mouse.down({ button });
    for (const point of others) await mouse.move(...point);
  },
  async releaseMouse(context: BrowserCommandContext, button: 'left' | 'right' = 'left'): Promise<void> {
    await context.page.mouse.up({ button });
  },
  async dragFinger(context: BrowserCommandContext, points: readonly Point[]): Promise<void> {
    const session = await context.context.newCDPSession(context.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    const [first = [0, 0], ...others] = await inPage(context, points);
    await touch('touchStart', [{ x: first[0], y: first[1] }]);
    for (const [x, y] of others) await touch('touchMove', [{ x, y }]);
    await touch('touchEnd', []);
    await session.detach();
  },
  async emulateSystem({ page }: BrowserCommandContext, wishes: SystemWishes): Promise<void> {
    await page.emulateMedia(wishes);
  },
};
