// Fails when a symbol that an entry point of a package under packages/ exports has no docstring. Contracts need none: each schema
// describes itself and its fields in its own `meta` and `describe`, which the OpenAPI document shows.
import { join, relative } from 'node:path';
import { packageFolders, ROOT, readManifest } from './bootstrap/workspace.mjs';
import { undocumentedExports } from './undocumented-exports.ts';

const entryPoints = packageFolders()
  .filter((folder) => folder.startsWith('packages/'))
  .flatMap((folder) =>
    Object.values(readManifest(folder).exports ?? {}).map((path) => join(ROOT, folder, path)),
  )
  .filter((file) => /\/src\/.*\.tsx?$/.test(file));
const findings = new Set(
  entryPoints
    .flatMap((file) => undocumentedExports(file))
    .filter((finding) => !finding.includes('/contracts/')),
);

for (const finding of findings) console.error(`${relative(ROOT, finding)} is exported without a docstring`);
console.log(`${entryPoints.length} entry points, ${findings.size} exported symbols without a docstring`);
process.exitCode = findings.size === 0 && entryPoints.length > 0 ? 0 : 1;
