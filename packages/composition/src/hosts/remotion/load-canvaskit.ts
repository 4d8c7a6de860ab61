import type { CanvasKit, CanvasKitInitOptions } from 'canvaskit-wasm';

declare global {
  /** Set by CanvasKit's script. */
  var CanvasKitInit: (options: CanvasKitInitOptions) => Promise<CanvasKit>;
}

let loading: Promise<CanvasKit> | undefined;

/** Loads CanvasKit once for the page; every caller gets the same instance. After a failure the next call tries again. */
export function loadCanvasKit(): Promise<CanvasKit> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * CanvasKit comes as a classic script that sets a global, and a WASM file. As an import it would ask every bundler to find
 * substitutes for Node's `fs` and `path`; as two addresses, webpack and Vite both serve the files without any setting. The
 * addresses are paths because the package exports its script to `import` and `require` only.
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
