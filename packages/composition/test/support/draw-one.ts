/** Draws one golden frame, given by its name, in this process and nothing else, and prints its digest. */
import { createFrameSource } from '../../src/hosts/headless.ts';
import { digestOf } from './golden-file.ts';
import { GOLDEN_SIZE, goldenFrames } from './golden-frames.ts';

const wanted = goldenFrames().find(({ name }) => name === process.argv[2]);
if (!wanted) throw new Error(`There is no golden frame ${process.argv[2]}`);
const source = await createFrameSource(GOLDEN_SIZE);
process.stdout.write(digestOf(source.draw(wanted.profile, wanted.progress)));
