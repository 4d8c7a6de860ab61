import type { Video } from '@defrag/client';
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useVideoAction } from './use-video-action.ts';
import { nameOf } from './video-name.ts';
import { isRetryable, isUnderWay } from './video-note.ts';

/** What suggests itself for a video in its present state: to retry a render that failed, to cancel one that is under way. */
export function VideoButtons({ video }: { readonly video: Video }): ReactElement {
  const retry = useVideoAction('retry');
  const cancel = useVideoAction('cancel');
  const { hash, latest_job } = video;
  return (
    <>
      {isRetryable(video) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          aria-label={`Retry ${nameOf(hash)}`}
          onClick={({ currentTarget }) => {
            retry.mutate([hash]);
            keepFocus(currentTarget);
          }}
        >
          Retry
        </Button>
      )}
      {isUnderWay(video) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          disabled={latest_job?.cancel_requested ?? false}
          aria-label={`Cancel the render of ${nameOf(hash)}`}
          onClick={({ currentTarget }) => {
            cancel.mutate([hash]);
            keepFocus(currentTarget);
          }}
        >
          Cancel
        </Button>
      )}
    </>
  );
}

/** Moves the focus to the card of a button that goes away when it has done its work. */
function keepFocus(button: Element): void {
  button.closest<HTMLElement>('[data-video]')?.focus({ preventScroll: true });
}
