import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contractSource } from './client/contract-source.ts';

const file = fileURLToPath(new URL('../src/client/contract.ts', import.meta.url));
await writeFile(file, contractSource());
await promisify(execFile)('biome', ['check', '--write', file]);
console.log(`wrote ${file}`);
