import { Anchor, Center, Loader } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState icon={IconMapOff} title="There is no page at this URL">
        <Anchor underline="always" renderRoot={(props) => <Link to="/events" {...props} />}>
          Go to the friction events
        </Anchor>
      </EmptyState>
    </>
  );
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

export function RoutePending() {
  return (
    <Center mih={240} role="status" aria-label="Loading">
      <Loader type="bars" size="sm" />
    </Center>
  );
}
