import type { CanvasKit, CanvasKitInitOptions } from 'canvaskit-wasm';

declare global {
  /** Set by CanvasKit's script. */
  var CanvasKitInit: (options: CanvasKitInitOptions) => Promise<CanvasKit>;
}

let loading: Promise<CanvasKit> | undefined;

/** Loads CanvasKit once per page and returns the same instance to all callers. After a failure the next call retries. */
export function loadCanvasKit(): Promise<CanvasKit> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * Loads CanvasKit's classic script and WASM file by URL, which webpack and Vite serve without configuration. An import would need
 * polyfills for Node's `fs` and `path`. The URLs are file paths because the package exports its script to imports only.
 */
async function load(): Promise<CanvasKit> {
  const script = new URL('../../../node_modules/canvaskit-wasm/bin/canvaskit.js', import.meta.url).href;
  const wasm = new URL('../../../node_modules/canvaskit-wasm/bin/canvaskit.wasm', import.meta.url).href;
  await runScript(script);
  return CanvasKitInit({ locateFile: () => wasm });
}

function runScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`CanvasKit could not be loaded from ${address}`));
    document.head.append(element);
  });
}
