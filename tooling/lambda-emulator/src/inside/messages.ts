/** What the emulator tells a worker: run the function once. */
export interface RunMessage {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  /** Milliseconds that the function has. */
  readonly timeoutMs: number;
}

/** What a worker tells the emulator. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly error?: { readonly type: string; readonly message: string } };
