/**
 * The content security policy of the admin's pages. Scripts come from this server alone, none of them inline and none made from
 * text; WebAssembly is what CanvasKit is made of. Component libraries set styles on elements, so those may be inline.
 *
 * @param videoOrigins where the store's videos are fetched from, redirects included
 */
export function adminPagePolicy(videoOrigins: readonly string[]): string {
  const videos = videoOrigins.join(' ');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${videos}`,
    `media-src 'self' blob: ${videos}`,
    `connect-src 'self' blob: data: ${videos}`,
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
