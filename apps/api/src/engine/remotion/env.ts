/** Variables that programs need to run at all, on one system or another. */
const PROGRAM_VARIABLES = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir', 'PATHEXT', 'ComSpec'];

/**
 * The environment for a program that is started here: what it needs to run, and no secret.
 *
 * @param temporaryFolder for its temporary files, and as its home
 */
export function programEnv(temporaryFolder: string): Record<string, string> {
  const kept = PROGRAM_VARIABLES.map((name) => [name, process.env[name]]);
  const places = ['TMPDIR', 'TMP', 'TEMP', 'HOME', 'USERPROFILE'].map((name) => [name, temporaryFolder]);
  return Object.fromEntries([...kept.filter(([, value]) => value !== undefined), ...places]);
}
