/**
 * Version of everything that affects the pixels or bytes of a video: motion model, scene, painter and encoder settings.
 *
 * It is part of every video hash. Bump it only when identical inputs would produce a different file: a bump changes the URL of
 * every video.
 */
export const RENDERER_VERSION = 'v1-video';
