import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type FunctionSize, functionNamePrefix } from './function-size.ts';
import { type AwsPlace, functionZipPath, remotionVersion } from './remotion-lambda.ts';

/** A function that is there. */
export interface DeployedFunction {
  readonly name: string;
  /** `Active` when it can be invoked. */
  readonly state: string;
  /** Whether its code is that of the installed version of Remotion, byte for byte. */
  readonly isCurrent: boolean;
}

/** Days that the function's log is kept. */
const LOG_RETENTION_DAYS = 14;

/** Looks for a function; undefined when there is none of the name. @throws the SDK's error */
export async function findFunction(place: AwsPlace, name: string): Promise<DeployedFunction | undefined> {
  const { client, sdk } = place.remotion.getAwsClient({ region: place.region, service: 'lambda' });
  try {
    const { Configuration: found } = await client.send(new sdk.GetFunctionCommand({ FunctionName: name }));
    const code = createHash('sha256')
      .update(await readFile(functionZipPath()))
      .digest('base64');
    return { name, state: String(found?.State), isCurrent: found?.CodeSha256 === code };
  } catch (error) {
    if (error instanceof sdk.ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Names of all functions of the installed version of Remotion, whatever their size. @throws the SDK's error */
export async function listFunctions({ remotion, region }: AwsPlace): Promise<string[]> {
  const prefix = functionNamePrefix(await remotionVersion());
  const { client, sdk } = remotion.getAwsClient({ region, service: 'lambda' });
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(new sdk.ListFunctionsCommand({ Marker: marker }));
    for (const { FunctionName: name } of page.Functions ?? []) if (name?.startsWith(prefix)) names.push(name);
    marker = page.NextMarker;
  } while (marker !== undefined && marker !== '');
  return names;
}

/** Makes a function and waits until it can be invoked. @throws the SDK's error */
export async function createFunction({ remotion, region }: AwsPlace, size: FunctionSize): Promise<string> {
  const { functionName } = await remotion.deployFunction({
    region,
    memorySizeInMb: size.memoryMb,
    diskSizeInMb: size.diskMb,
    timeoutInSeconds: size.timeoutSeconds,
    createCloudWatchLogGroup: true,
    cloudWatchLogRetentionPeriodInDays: LOG_RETENTION_DAYS,
    logLevel: 'error',
  });
  return functionName;
}

/** Removes a function. @throws the SDK's error */
export async function removeFunction({ remotion, region }: AwsPlace, functionName: string): Promise<void> {
  await remotion.deleteFunction({ region, functionName });
}
