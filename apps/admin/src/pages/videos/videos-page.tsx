import type { Video } from '@defrag/client';
import { Box, Button } from '@mantine/core';
import { IconFilterOff, IconMovie } from '@tabler/icons-react';
import { type ReactElement, useRef, useState } from 'react';
import { BulkButton } from '../../lists/bulk-button.tsx';
import { ListBar } from '../../lists/list-bar.tsx';
import { ListView } from '../../lists/list-view.tsx';
import { useSelection } from '../../lists/use-selection.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { useVideoAction } from './use-video-action.ts';
import { useVideos, useVideosSearch } from './use-videos.ts';
import { VideoCard } from './video-card.tsx';
import { VideoFilters } from './video-filters.tsx';
import { isRetryable, isUnderWay } from './video-note.ts';
import { VideoTotals } from './video-totals.tsx';
import { countFilters, NO_FILTERS } from './videos-search.ts';
import { VideosSkeleton } from './videos-skeleton.tsx';
import '../../lists/lists.css';

/** Every video of the cache: what it shows, what became of it, and what can be done about it. */
export function VideosPage(): ReactElement {
  const [search, change] = useVideosSearch();
  const videos = useVideos(search);
  const selection = useSelection(videos.items?.map(({ hash }) => hash) ?? []);
  const selected = (videos.items ?? []).filter(({ hash }) => selection.has(hash));
  const retryable = selected.filter(isRetryable);
  const deletable = selected.filter((video) => !isUnderWay(video));
  const [doomed, setDoomed] = useState<readonly Video[]>([]);
  const retry = useVideoAction('retry');
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHeader title="Videos" description="Every video of the cache. Move over one to scrub it." />
      <VideoTotals search={search} />
      <VideoFilters search={search} onChange={change} />
      <ListBar noun="videos" selection={selection} hasMore={videos.hasNextPage}>
        <BulkButton
          label="Retry"
          count={retryable.length}
          isPending={retry.isPending}
          onClick={() => retry.mutate(retryable.map(({ hash }) => hash))}
        />
        <BulkButton label="Delete" count={deletable.length} onClick={() => setDoomed(deletable)} />
      </ListBar>
      <Box ref={list} tabIndex={-1} pt="sm" aria-label="List of videos" role="region">
        <ListView
          pages={videos}
          pageSize={search.limit}
          onPageSize={(limit) => change({ limit })}
          skeleton={<VideosSkeleton />}
          empty={
            countFilters(search) === 0 ? (
              <EmptyState icon={IconMovie} title="There are no videos yet">
                The first one appears when somebody asks for it, here or through the API.
              </EmptyState>
            ) : (
              <EmptyState icon={IconFilterOff} title="No video matches these filters">
                <Button variant="default" size="xs" onClick={() => change(NO_FILTERS)}>
                  Show all videos
                </Button>
              </EmptyState>
            )
          }
          focusOn={(index) => list.current?.querySelectorAll<HTMLElement>('[data-video]')[index]?.focus()}
        >
          {(items) => (
            <ul className="card-grid" aria-label="Videos">
              {items.map((video) => (
                <VideoCard
                  key={video.hash}
                  video={video}
                  selection={selection}
                  onDelete={(video) => setDoomed([video])}
                />
              ))}
            </ul>
          )}
        </ListView>
      </Box>
      <DeleteDialog
        videos={doomed}
        onClose={() => setDoomed([])}
        onDeleted={() => {
          setDoomed([]);
          // What the focus came from may be gone.
          list.current?.focus({ preventScroll: true });
        }}
      />
    </>
  );
}
