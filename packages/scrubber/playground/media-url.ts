/** Sample videos: one as the product renders it, and one with the frame number burnt in. */
export type Sample = 'rendered' | 'numbered';

/** Server faults: no Range support, slow, no CORS headers, 404. */
export type Fault = 'whole' | 'slow' | 'closed' | 'missing';

export const FPS = 30;

const ORIGINS: Record<'bench' | 'panels' | 'faults', string> = import.meta.env['VITE_MEDIA_URLS'];

/** URL of a sample for the bench, on an origin that no other video uses. */
export function benchVideo(sample: Sample): string {
  return `${ORIGINS.bench}/range/${sample}.mp4`;
}

/** URL of the video in all panels. */
export const PANEL_VIDEO = `${ORIGINS.panels}/range/rendered.mp4`;

/** URL of the same video on a faulty server. */
export function faultyVideo(fault: Fault): string {
  return `${ORIGINS.faults}/${fault}/rendered.mp4`;
}
