/** Digits of a hash that tell it from the others for people. */
export const SHOWN_DIGITS = 10;

/** What a video is called in a sentence, such as `video 1a2b3c4d5e`. */
export function nameOf(hash: string): string {
  return `video ${hash.slice(0, SHOWN_DIGITS)}`;
}
