import type { ReactElement } from 'react';
import { PageHeader } from '../../ui/page-header.tsx';

/** Not built yet. */
export function VideosPage(): ReactElement {
  return <PageHeader title="Videos" />;
}
