/**
 * Where a Chromium stands when somebody installed one, the most fitting first: programs to look for on PATH, and full paths
 * where the platform has fixed places.
 */
const PROGRAMS = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

const PATHS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) =>
    PROGRAMS.map((program) => `${folder}/${program}`),
  ),
};

/** Paths at which this platform keeps an installed Chromium, Chrome or Edge, the most fitting first. They need not exist. */
export function installedBrowserPaths(platform: NodeJS.Platform = process.platform): readonly string[] {
  return PATHS[platform] ?? [];
}
