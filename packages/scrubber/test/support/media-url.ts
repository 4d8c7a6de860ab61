import { inject } from 'vitest';

/** URL of a path on the media server. */
export function mediaUrl(path: string): string {
  return `${inject('mediaUrl')}/${path}`;
}
