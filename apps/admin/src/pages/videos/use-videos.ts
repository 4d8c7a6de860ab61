import type { Video } from '@defrag/client';
import { getRouteApi } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../api/trpc.ts';
import { type Pages, usePages } from '../../api/use-pages.ts';
import { changeSearch } from '../../app/change-search.ts';
import { isUnderWay } from './video-note.ts';
import { filtersOf, type VideosSearch } from './videos-search.ts';

const route = getRouteApi('/signed-in/videos');

/** What the URL says of the list of videos, and how that is changed. */
export function useVideosSearch(): [VideosSearch, (change: Partial<VideosSearch>) => void] {
  const navigate = route.useNavigate();
  return [route.useSearch(), (change) => void changeSearch<VideosSearch>(navigate, change)];
}

/** The videos that the URL asks for; looked at again while one of them is rendered. */
export function useVideos(search: VideosSearch): Pages<Video> {
  const utils = trpc.useUtils();
  const { status, direction, limit } = search;
  return usePages({
    queryKey: [...getQueryKey(trpc.admin.videos.list), { pages: search }],
    read: (cursor, signal) =>
      utils.client.admin.videos.list.query(
        { ...filtersOf(search), status, direction, limit, cursor },
        { signal },
      ),
    isMoving: (videos) => videos.some(isUnderWay),
  });
}
