import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { contractSource } from './client/contract-source.ts';
import { formatFile } from './client/format-file.ts';

const file = fileURLToPath(new URL('../src/client/contract.ts', import.meta.url));
await writeFile(file, contractSource());
await formatFile(file);
console.log(`wrote ${file}`);
