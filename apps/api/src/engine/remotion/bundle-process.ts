/**
 * Bundles a Remotion entry point: `node bundle-process.ts <entry point> <output folder>`. Exits with 0, or with the error on
 * standard error. A separate process, because the bundler changes the working folder and blocks a processor for seconds.
 */
import { bundle } from '@remotion/bundler';

const [entryPoint = '', outDir = ''] = process.argv.slice(2);
await bundle({ entryPoint, outDir, enableCaching: false });
