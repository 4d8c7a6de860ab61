import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createApi, trpc } from '../api/trpc.ts';
import { RenderWatchProvider } from '../watch/render-watch.tsx';
import { createAppRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

export function App() {
  const [{ client, queryClient, utils, onSignedOut }] = useState(createApi);
  const [router] = useState(() => {
    const created = createAppRouter({ api: utils });
    onSignedOut(() => void created.invalidate());
    return created;
  });
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="dark">
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <RenderWatchProvider>
            <Notifications position="bottom-right" limit={4} />
            <RouterProvider router={router} />
          </RenderWatchProvider>
        </QueryClientProvider>
      </trpc.Provider>
    </MantineProvider>
  );
}
