/** Lines of the log that are shown when its cause is not one of the known ones. */
const SHOWN_LINES = 20;

/**
 * Known causes, the most telling first. Each answers with one line.
 *
 * @type {{ pattern: RegExp, explain: (root: string) => string }[]}
 */
const CAUSES = [
  {
    pattern: /ENOSPC|No space left on device/i,
    explain: (root) => `No space left on the disk while installing into ${root}.`,
  },
  {
    pattern: /FROZEN_LOCKFILE|OUTDATED_LOCKFILE/,
    explain: () =>
      'pnpm-lock.yaml does not match the package.json files: run `npx pnpm install` and commit the lockfile.',
  },
  {
    pattern: /UNSUPPORTED_ENGINE|EBADENGINE.*required.*pnpm/,
    explain: () => 'A package does not support the Node version of this project, see the log.',
  },
  {
    pattern: /CERT_|UNABLE_TO_(?:VERIFY|GET_ISSUER)|self.signed certificate|invalid peer certificate/i,
    explain: () =>
      'The certificate of the npm registry is not trusted here: set NODE_EXTRA_CA_CERTS or the `cafile` of npm.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|fetch failed|error sending request|network request|dns error/i,
    explain: () =>
      'The npm registry cannot be reached: check the network and the proxy settings of npm (`npm ping` tells more).',
  },
  {
    pattern: /\bE40[137]\b|FETCH_40[137]/,
    explain: () =>
      'The npm registry refused the request: check the credentials in .npmrc (`npm ping` tells more).',
  },
  {
    pattern: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    explain: (root) => `A file cannot be written while installing into ${root}, see the log.`,
  },
  {
    pattern: /npx: spawn npx ENOENT/,
    explain: () => 'npx was not found: install npm, it comes with Node from https://nodejs.org.',
  },
];

/**
 * Why an installation failed: one line where the cause is known, else the end of the log; always with the log's place.
 *
 * @param {string} output all that pnpm and npx said
 * @param {string} root
 * @param {string} logFile relative to the root
 * @returns {string}
 */
export function explainInstallFailure(output, root, logFile) {
  const cause = CAUSES.find(({ pattern }) => pattern.test(output));
  if (cause !== undefined) return `${cause.explain(root)} Log: ${logFile}`;
  const tail = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  return `The installation failed. Log: ${logFile}, its end:\n${tail}`;
}
