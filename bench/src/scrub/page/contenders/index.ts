import type { Mount } from '../contender.ts';
import { coalesced } from './coalesced.ts';
import { naive } from './naive.ts';
import { ourComponent, ourDecoded, ours } from './ours.ts';
import { plain } from './plain.ts';
import { reactVideoScroll } from './react-video-scroll.ts';
import { scrollyVideo, scrollyVideoJumping } from './scrolly-video.ts';

/** All contenders by their names in the table. */
export const CONTENDERS: Record<string, Mount> = {
  createDecodedScrubber: ourDecoded,
  createScrubber: ours,
  VideoScrubber: ourComponent,
  naive,
  coalesced,
  'scrolly-video': scrollyVideo,
  'scrolly-video, jump': scrollyVideoJumping,
  'react-video-scroll': reactVideoScroll,
  'plain <video>': plain,
};
