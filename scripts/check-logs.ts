// Fails when anything that the test run wrote down holds a motion profile, which must never reach a log.
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, ROOT } from './bootstrap/workspace.mjs';
import { findMotionProfiles, motionProfileFields } from './logs/motion-profiles.ts';

const fields = motionProfileFields();
const files = packageFolders()
  .flatMap((folder) => globSync(join(folder, '.reports/**/*'), { cwd: ROOT }))
  .filter((file) => statSync(join(ROOT, file)).isFile());

const findings = files.flatMap((file) =>
  findMotionProfiles(readFileSync(join(ROOT, file), 'utf8'), fields).map(
    ({ line, field }) => `${file}:${line} holds ${field} of a motion profile`,
  ),
);

for (const finding of findings) console.error(finding);
console.log(
  `${files.length} files of the test run searched for ${fields.length} fields, ${findings.length} found`,
);
process.exitCode = findings.length === 0 && files.length > 0 ? 0 : 1;
