/**
 * A process that bundles a Remotion entry point: `node bundle-process.ts <entry point> <output folder>`. It ends with status 0
 * or with what went wrong on standard error. The bundler changes the working folder and keeps a processor busy for seconds,
 * which no process that serves can have.
 */
import { bundle } from '@remotion/bundler';

const [entryPoint = '', outDir = ''] = process.argv.slice(2);
await bundle({ entryPoint, outDir, enableCaching: false });
