/** An implementation of scrubbing, on its own page. */
export interface Contender {
  /** Requests a position, 0..1. */
  seek(value: number): void;
  /** Whether frames are drawn on a canvas while the position moves: then its changes are counted. */
  readonly paints?: boolean;
  /** The element that currently shows the frame. */
  picture(): HTMLVideoElement | HTMLCanvasElement;
}

/** Sets up a contender. Resolves when it can be scrubbed. */
export type Mount = (container: HTMLElement, src: string) => Promise<Contender>;

/** Frames per second of the video that all contenders scrub. */
export const FPS = 30;

/** Creates the video element that most contenders need, as their users would. */
export function makeVideo(container: HTMLElement, src: string): HTMLVideoElement {
  const video = document.createElement('video');
  Object.assign(video, { src, muted: true, playsInline: true, preload: 'auto' });
  container.append(video);
  return video;
}

/** Resolves when a video has loaded enough to play to its end. */
export function canPlayThrough(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if (video.readyState === HTMLMediaElement.HAVE_ENOUGH_DATA) resolve();
    else video.addEventListener('canplaythrough', () => resolve(), { once: true });
  });
}
