/** The videos that there are: as the product renders it, and one with the number of each frame burnt in. */
export type Sample = 'rendered' | 'numbered';

/** How a server that does not do as it should behaves: without Range, slowly, for its own pages only, without the file. */
export type Fault = 'whole' | 'slow' | 'closed' | 'missing';

/** Frames per second of all samples. */
export const FPS = 30;

const ORIGINS: Record<'bench' | 'panels' | 'faults', string> = import.meta.env['VITE_MEDIA_URLS'];

/** Address of a sample for the bench, which shares its connections with no other video. */
export function benchVideo(sample: Sample): string {
  return `${ORIGINS.bench}/range/${sample}.mp4`;
}

/** Address of the video of all panels. */
export const PANEL_VIDEO = `${ORIGINS.panels}/range/rendered.mp4`;

/** Address of the same video behind a server that does something wrong. */
export function faultyVideo(fault: Fault): string {
  return `${ORIGINS.faults}/${fault}/rendered.mp4`;
}
