/** AWS, and the bucket that the function writes to. Remotion reads the AWS key from the environment. */
export interface LambdaSettings {
  readonly region: string;
  /** As Remotion names it, with memory and timeout. */
  readonly functionName: string;
  /** Address of the deployed composition's `index.html`. */
  readonly serveUrl: string;
  /** Remotion's bucket on AWS, for its notes on renders. */
  readonly bucket: string;
  /** Frames of one invocation, at least 5; more when the concurrency is too low. */
  readonly framesPerLambda: number;
  /** Concurrent invocations of all renders of the account together, at least 3. */
  readonly concurrency: number;
  /** The API's webhook for the end of a render, and the secret that signs its calls. */
  readonly webhook: { readonly url: string; readonly secret: string };
  readonly output: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

const FUNCTION_NAME = /^remotion-render-[a-z0-9-]+-mem\d+mb-disk\d+mb-(?<seconds>\d+)sec$/;

/** Whether a name has Remotion's form, with memory and timeout. */
export function isFunctionName(name: string): boolean {
  return FUNCTION_NAME.test(name);
}

/** Timeout of an invocation in seconds. @throws TypeError when the name does not have Remotion's form */
export function functionTimeoutSeconds(name: string): number {
  const seconds = FUNCTION_NAME.exec(name)?.groups?.['seconds'];
  if (seconds === undefined) throw new TypeError('Not a function name of Remotion');
  return Number(seconds);
}
