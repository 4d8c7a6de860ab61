/** What the engine knows of AWS, and of the bucket that the function writes to. The AWS key itself is in the environment. */
export interface LambdaSettings {
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** As Remotion names it, with memory and timeout. */
  readonly functionName: string;
  /** Address of the deployed composition's `index.html`. */
  readonly serveUrl: string;
  /** Remotion's bucket on AWS, where it keeps how far a render is. */
  readonly bucket: string;
  /** Frames that one invocation renders; more when the budget would not do otherwise. At least 5. */
  readonly framesPerLambda: number;
  /** Invocations at the same time that all renders of the account together may take. At least 3. */
  readonly concurrency: number;
  /** Where the function tells that it has ended, and the secret with which it signs that. */
  readonly webhook: { readonly url: string; readonly secret: string };
  /** The bucket of the videos. */
  readonly output: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

const FUNCTION_NAME = /^remotion-render-[a-z0-9-]+-mem\d+mb-disk\d+mb-(?<seconds>\d+)sec$/;

/** Whether a name is one that Remotion gives to a function: it tells memory and timeout. */
export function isFunctionName(name: string): boolean {
  return FUNCTION_NAME.test(name);
}

/** Seconds that one invocation of a function may take. @throws TypeError when the name does not tell */
export function functionTimeoutSeconds(name: string): number {
  const seconds = FUNCTION_NAME.exec(name)?.groups?.['seconds'];
  if (seconds === undefined) throw new TypeError('Not the name of a function of Remotion');
  return Number(seconds);
}
