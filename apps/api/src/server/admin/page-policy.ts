/**
 * The content security policy of the admin pages. Scripts come from this server only; inline scripts and `eval` are blocked.
 * CanvasKit needs WebAssembly, and component libraries set inline styles.
 *
 * @param videoOrigins origins of the store's videos, including those of redirects
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
