import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/firefox',
  '/usr/bin/firefox-esr',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** Path of an installed Firefox: `DEFRAG_FIREFOX`, else one in the usual places. */
export function findFirefox(): string | undefined {
  return process.env['DEFRAG_FIREFOX'] ?? PLACES.find((path) => existsSync(path));
}
