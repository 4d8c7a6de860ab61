/** Draws the golden frame named by the first argument in a fresh process and prints its digest. */
import { createFrameSource } from '../../src/hosts/headless.ts';
import { digestOf } from './golden-file.ts';
import { GOLDEN_SIZE, goldenFrames } from './golden-frames.ts';

const wanted = goldenFrames().find(({ name }) => name === process.argv[2]);
if (!wanted) throw new Error(`Unknown golden frame ${process.argv[2]}`);
const source = await createFrameSource(GOLDEN_SIZE);
process.stdout.write(digestOf(source.draw(wanted.profile, wanted.progress)));
