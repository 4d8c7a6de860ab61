import { bundleComposition } from '../../engine/remotion/composition-bundle.ts';
import { StartupError } from '../../process/startup-error.ts';
import { withAws } from './aws-error.ts';
import { createFunction, findFunction } from './aws-function.ts';
import { findIdentity } from './aws-identity.ts';
import { provideBucket, uploadSite } from './aws-site.ts';
import { type FunctionSize, functionNameOf } from './function-size.ts';
import type { LambdaVariables } from './lambda-variables.ts';
import { openAwsPlace, remotionVersion } from './remotion-lambda.ts';

/** What was deployed, or was there already. */
export interface Deployment {
  readonly accountId: string;
  readonly functionName: string;
  readonly functionIsNew: boolean;
  readonly bucket: string;
  /** Renderer version and digest of the composition. */
  readonly siteName: string;
  readonly uploadedFiles: number;
  /** Variables that the engine needs, and their values; no secret among them. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Deploys the function of the installed version of Remotion and the site of the present composition. May be repeated: what is there
 * already is kept, and sites of other compositions too, which renders under way may still load.
 *
 * @param options.bundlesDir where the bundle is kept
 * @param options.onStep hears what comes next, in a few words
 * @throws StartupError with one sentence, and what to do
 */
export async function deploy(
  variables: LambdaVariables,
  options: { size: FunctionSize; bundlesDir: string; onStep: (step: string) => void },
): Promise<Deployment> {
  const { size, bundlesDir, onStep } = options;
  const place = await openAwsPlace(variables.REMOTION_AWS_REGION);
  const { accountId } = await withAws('Nothing was deployed', () => findIdentity(place));

  onStep(`bundling the composition`);
  const bundle = await bundleComposition(bundlesDir);

  const name = functionNameOf(await remotionVersion(), size);
  onStep(`function ${name}`);
  const functionIsNew = await withAws('The function was not deployed', async () => {
    const existing = await findFunction(place, name);
    if (existing === undefined) await createFunction(place, size);
    else if (!existing.isCurrent) throw new StartupError(otherCode(name));
    return existing === undefined;
  });

  const { bucket, serveUrl, uploadedFiles } = await withAws('The site was not deployed', async () => {
    const provided = await provideBucket(place, variables.REMOTION_AWS_BUCKET);
    onStep(`site ${bundle.key} in ${provided}`);
    const site = { bucket: provided, name: bundle.key, folder: bundle.path };
    return { bucket: provided, ...(await uploadSite(place, site)) };
  });

  return {
    accountId,
    functionName: name,
    functionIsNew,
    bucket,
    siteName: bundle.key,
    uploadedFiles,
    environment: {
      RENDER_ENGINE: 'lambda',
      REMOTION_AWS_REGION: variables.REMOTION_AWS_REGION,
      REMOTION_AWS_FUNCTION_NAME: name,
      REMOTION_AWS_BUCKET: bucket,
      REMOTION_AWS_SERVE_URL: serveUrl,
      ...renderTimeout(size.timeoutSeconds),
    },
  };
}

/** Seconds that a try needs beside the longest invocation. */
const SECONDS_AROUND_INVOCATION = 60;

/** Seconds that a try gets where the environment does not say. */
const DEFAULT_RENDER_TIMEOUT_SECONDS = 300;

/** The variable that a function with a long timeout needs; none where the default will do. */
function renderTimeout(functionSeconds: number): Record<string, string> {
  const seconds = functionSeconds + SECONDS_AROUND_INVOCATION;
  return seconds <= DEFAULT_RENDER_TIMEOUT_SECONDS ? {} : { RENDER_TIMEOUT_SECONDS: String(seconds) };
}

function otherCode(name: string): string {
  return `The function ${name} has other code than this version of Remotion. Remove it with \`pnpm defrag lambda teardown\`, and deploy again.`;
}
