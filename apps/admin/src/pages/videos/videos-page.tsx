import type { Video } from '@defrag/client';
import { AspectRatio, Box, Paper, Skeleton, Stack } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { useRef, useState } from 'react';
import { trpc } from '../../api/trpc.ts';
import { type Pages, usePages } from '../../api/use-pages.ts';
import { changeSearch } from '../../lib/search.ts';
import { BulkButton, ListBar } from '../../lists/list-bar.tsx';
import { EmptyList, ListView } from '../../lists/list-view.tsx';
import { useSelection } from '../../lists/selection.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { useVideoAction } from './use-video-action.ts';
import { VideoCard } from './video-card.tsx';
import { VideoFilters } from './video-filters.tsx';
import { isActive, isRetryable } from './video-note.ts';
import { VideoTotals } from './video-totals.tsx';
import { countFilters, filtersOf, NO_FILTERS, type VideosSearch } from './videos-search.ts';

export function VideosPage() {
  const [search, change] = useVideosSearch();
  const videos = useVideos(search);
  const selection = useSelection(videos.items?.map(({ hash }) => hash) ?? []);
  const selected = (videos.items ?? []).filter(({ hash }) => selection.has(hash));
  const retryable = selected.filter(isRetryable);
  const deletable = selected.filter((video) => !isActive(video));
  const [doomed, setDoomed] = useState<readonly Video[]>([]);
  const retry = useVideoAction('retry');
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHeader title="Videos" description="All cached videos. Hover to scrub." />
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
      <Box ref={list} tabIndex={-1} pt="sm" aria-label="Video list" role="region">
        <ListView
          pages={videos}
          pageSize={search.limit}
          onPageSize={(limit) => change({ limit })}
          skeleton={<VideosSkeleton />}
          empty={
            <EmptyList
              noun="videos"
              icon={IconMovie}
              hint="Request the first one here or through the API."
              isFiltered={countFilters(search) > 0}
              onClear={() => change(NO_FILTERS)}
            />
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
          // The element that opened the dialog may be gone.
          list.current?.focus({ preventScroll: true });
        }}
      />
    </>
  );
}

const CARDS = Array.from({ length: 8 }, (_, card) => card);

function VideosSkeleton() {
  return (
    <div className="card-grid" role="status" aria-label="Loading videos">
      {CARDS.map((card) => (
        <Paper key={card} p={0}>
          <AspectRatio ratio={16 / 9}>
            <Skeleton radius={0} />
          </AspectRatio>
          <Stack gap={6} p="sm">
            <Skeleton h={22} w="70%" />
            <Skeleton h={54} />
          </Stack>
        </Paper>
      ))}
    </div>
  );
}

const route = getRouteApi('/signed-in/videos');

function useVideosSearch(): [VideosSearch, (change: Partial<VideosSearch>) => void] {
  const navigate = route.useNavigate();
  return [route.useSearch(), (change) => void changeSearch<VideosSearch>(navigate, change)];
}

/** The videos that match the URL; refetched while one of them is rendering. */
function useVideos(search: VideosSearch): Pages<Video> {
  const utils = trpc.useUtils();
  const { status, direction, limit } = search;
  return usePages({
    queryKey: [...getQueryKey(trpc.admin.videos.list), { pages: search }],
    read: (cursor, signal) =>
      utils.client.admin.videos.list.query(
        { ...filtersOf(search), status, direction, limit, cursor },
        { signal },
      ),
    isMoving: (videos) => videos.some(isActive),
  });
}
