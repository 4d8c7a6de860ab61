import { Anchor } from '@mantine/core';
import { IconBoltOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** For the id of no event. */
export function EventNotFound({ frictionId }: { readonly frictionId: string }): ReactElement {
  return (
    <>
      <PageHeader title="No such event" />
      <EmptyState icon={IconBoltOff} title={`There is no friction event ${frictionId}`}>
        It may have been deleted, or the address is incomplete.{' '}
        <Anchor inherit underline="always" renderRoot={(props) => <Link to="/events" {...props} />}>
          Go to the friction events
        </Anchor>
      </EmptyState>
    </>
  );
}
