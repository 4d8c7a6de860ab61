export { BrowserNotFoundError, findBrowser } from './find-browser.ts';
