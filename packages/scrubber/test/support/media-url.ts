import { inject } from 'vitest';

/** Address of a video, as the media server gives it out in some way. */
export function mediaUrl(path: string): string {
  return `${inject('mediaUrl')}/${path}`;
}
