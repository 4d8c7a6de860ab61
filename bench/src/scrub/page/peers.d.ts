declare module 'react-video-scroll' {
  import type { ComponentType, ReactNode } from 'react';

  export const VideoScroll: ComponentType<{
    children?: ReactNode;
    setCurrentFrame(video: { duration: number; playbackRate: number }): number;
    onLoad(video: { videoEl: HTMLVideoElement }): void;
  }>;
}

declare module 'scrolly-video/dist/ScrollyVideo.js' {
  // biome-ignore lint/style/noDefaultExport: the package exports it
  export default class ScrollyVideo {
    constructor(options: {
      src: string;
      scrollyVideoContainer: HTMLElement;
      full: boolean;
      sticky: boolean;
      cover: boolean;
      trackScroll: boolean;
      onReady(): void;
    });
    readonly canvas: HTMLCanvasElement | null;
    readonly video: HTMLVideoElement | undefined;
    setVideoPercentage(share: number, options: { jump: boolean }): void;
  }
}
