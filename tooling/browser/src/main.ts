import { BrowserNotFoundError, findBrowser } from './find-browser.ts';

try {
  console.log(await findBrowser());
} catch (error) {
  if (!(error instanceof BrowserNotFoundError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
