import { Center, Loader } from '@mantine/core';
import type { ReactElement } from 'react';

/** While the code of a page is on its way. */
export function RoutePending(): ReactElement {
  return (
    <Center mih={240} role="status" aria-label="Loading">
      <Loader type="bars" size="sm" />
    </Center>
  );
}
