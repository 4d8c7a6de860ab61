/** Something that scrubs a video, in a page of its own. */
export interface Contender {
  /** Asks for a position, 0..1. */
  seek(value: number): void;
  /** Whether what moves is seen on a canvas, though it may rest in a video: then changes are counted. */
  readonly paints?: boolean;
  /** What shows the picture now. */
  picture(): HTMLVideoElement | HTMLCanvasElement;
}

/** Sets a contender up. Resolves when it can be scrubbed. */
export type Mount = (container: HTMLElement, src: string) => Promise<Contender>;

/** Frames per second of the video that all contenders get. */
export const FPS = 30;

/** Makes the video element that most contenders need, as their users would. */
export function makeVideo(container: HTMLElement, src: string): HTMLVideoElement {
  const video = document.createElement('video');
  Object.assign(video, { src, muted: true, playsInline: true, preload: 'auto' });
  container.append(video);
  return video;
}

/** Resolves when a video has loaded so much that it could play to its end. */
export function canPlayThrough(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if (video.readyState === HTMLMediaElement.HAVE_ENOUGH_DATA) resolve();
    else video.addEventListener('canplaythrough', () => resolve(), { once: true });
  });
}
