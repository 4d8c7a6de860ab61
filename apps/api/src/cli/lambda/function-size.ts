/** How large a function is; its name tells, so another size is another function. */
export interface FunctionSize {
  /** Memory in MB, 512..10240. AWS gives processors in proportion: one at 1769 MB. */
  readonly memoryMb: number;
  /** Room in `/tmp` in MB, 512..10240. */
  readonly diskMb: number;
  /** Longest time of one invocation in seconds, 15..900. */
  readonly timeoutSeconds: number;
}

/** What `deploy` makes unless it is told otherwise. */
export const DEFAULT_FUNCTION_SIZE: FunctionSize = { memoryMb: 2_048, diskMb: 2_048, timeoutSeconds: 120 };

/** What the names of all functions of a version of Remotion begin with. */
export function functionNamePrefix(remotionVersion: string): string {
  return `remotion-render-${remotionVersion.replaceAll('.', '-')}-`;
}

/** The name that a version of Remotion gives to a function of a size. */
export function functionNameOf(remotionVersion: string, size: FunctionSize): string {
  const { memoryMb, diskMb, timeoutSeconds } = size;
  return `${functionNamePrefix(remotionVersion)}mem${memoryMb}mb-disk${diskMb}mb-${timeoutSeconds}sec`;
}
