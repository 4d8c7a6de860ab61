import { Anchor } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

/** For an address that is none of the app's. */
export function NotFoundPage(): ReactElement {
  return (
    <>
      <PageHeader title="Nothing here" />
      <EmptyState icon={IconMapOff} title="There is no page at this address">
        <Anchor underline="always" renderRoot={(props) => <Link to="/events" {...props} />}>
          Go to the friction events
        </Anchor>
      </EmptyState>
    </>
  );
}
