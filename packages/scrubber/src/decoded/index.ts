export { createDecodedScrubber } from './create-decoded-scrubber.ts';
