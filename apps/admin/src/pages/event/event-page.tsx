import type { ReactElement } from 'react';
import { PageHeader } from '../../ui/page-header.tsx';

/** Not built yet. */
export function EventPage(): ReactElement {
  return <PageHeader title="Event" />;
}
