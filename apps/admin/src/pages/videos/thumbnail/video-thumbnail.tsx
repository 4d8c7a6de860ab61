import type { Video } from '@defrag/client';
import type { ReactElement } from 'react';
import { nameOf } from '../video-name.ts';
import { noteOf } from '../video-note.ts';
import { ScrubThumbnail } from './scrub-thumbnail.tsx';
import { ThumbnailMessage } from './thumbnail-message.tsx';

/** A video to be scrubbed; where there is none, why. */
export function VideoThumbnail({ video }: { readonly video: Video }): ReactElement {
  if (video.status === 'READY' && video.url !== null) {
    return <ScrubThumbnail url={video.url} name={nameOf(video.hash)} />;
  }
  const note = noteOf(video);
  return (
    <div className="thumbnail">
      <ThumbnailMessage isFailure={note?.isFailure ?? false} doneShare={note?.doneShare}>
        {note?.text}
      </ThumbnailMessage>
    </div>
  );
}
