import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BIOME = fileURLToPath(new URL('../../../../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/** Formats a file of the workspace in place. */
export async function formatFile(file: string): Promise<void> {
  await promisify(execFile)(process.execPath, [BIOME, 'format', '--write', file]);
}
