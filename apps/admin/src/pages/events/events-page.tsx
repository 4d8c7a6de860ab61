import type { ReactElement } from 'react';
import { PageHeader } from '../../ui/page-header.tsx';

/** Not built yet. */
export function EventsPage(): ReactElement {
  return <PageHeader title="Friction events" />;
}
