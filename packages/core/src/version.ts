/**
 * The version of everything that decides a pixel or a byte of a video: motion model, scene, paint, encoder settings.
 *
 * It is part of every video hash. Bump it whenever identical inputs would give a different file, and only then: a bump gives
 * every video a new address.
 */
export const RENDERER_VERSION = 'v1-video';
