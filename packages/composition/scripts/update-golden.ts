/**
 * Updates the digests of the golden frames. Run it only after a bump of RENDERER_VERSION.
 *
 *   node scripts/update-golden.ts
 */
import { createFrameSource } from '../src/hosts/headless.ts';
import { digestOf, writeGoldenFile } from '../test/support/golden-file.ts';
import { GOLDEN_SIZE, goldenFrames } from '../test/support/golden-frames.ts';

const source = await createFrameSource(GOLDEN_SIZE);
const digests: Record<string, string> = {};
for (const { name, profile, progress } of goldenFrames()) {
  digests[name] = digestOf(source.draw(profile, progress));
}
source.dispose();
writeGoldenFile(digests);
process.stdout.write(`${Object.keys(digests).length} digests\n`);
