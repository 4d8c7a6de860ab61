/**
 * The content security policy of the admin's pages. Scripts come from this server alone, none of them inline and none made from
 * text; WebAssembly is what CanvasKit is made of. Component libraries set styles on elements, so those may be inline.
 *
 * @param videosOrigin where the store's videos and posters are fetched from
 */
export function adminPagePolicy(videosOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${videosOrigin}`,
    `media-src 'self' blob: ${videosOrigin}`,
    `connect-src 'self' blob: data: ${videosOrigin}`,
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
