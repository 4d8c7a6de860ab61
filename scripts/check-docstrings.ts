// Fails when a symbol that a package's source exports has no docstring.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, ROOT } from './bootstrap/workspace.mjs';
import { undocumentedExports } from './docstrings/undocumented-exports.ts';

const files = packageFolders()
  .filter((folder) => folder !== '.')
  .flatMap((folder) => globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: ROOT }))
  .sort();

const findings = files.flatMap((file) =>
  undocumentedExports(readFileSync(join(ROOT, file), 'utf8'), file).map(
    ({ name, line }) => `${file}:${line} ${name} is exported without a docstring`,
  ),
);

for (const finding of findings) console.error(finding);
console.log(`${files.length} modules, ${findings.length} exported symbols without a docstring`);
process.exitCode = findings.length === 0 ? 0 : 1;
