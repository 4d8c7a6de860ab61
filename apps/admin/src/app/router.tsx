import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import * as v from 'valibot';
import type { ApiUtils } from '../api/trpc.ts';
import { parameter, text } from '../lib/search.ts';
import { EventSearchSchema } from '../pages/event/event-search.ts';
import { EventsSearchSchema } from '../pages/events/events-search.ts';
import { SandboxSearchSchema } from '../pages/sandbox/sandbox-inputs.ts';
import { VideosSearchSchema } from '../pages/videos/videos-search.ts';
import { NotFoundPage, RouteError, RoutePending } from './fallbacks.tsx';
import { Shell } from './shell.tsx';

interface RouterContext {
  readonly api: ApiUtils;
}

const SESSION_FRESH_MS = 30_000;

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // Where to go afterwards: a path of the app.
  validateSearch: v.object({ from: text(/^\/(?!\/)/) }),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Pages that need a session. Without one, redirects to the sign-in page and back afterwards. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.api.session.get.fetch(undefined, { staleTime: SESSION_FRESH_MS });
    if (!session.signed_in) throw redirect({ to: '/sign-in', search: { from: location.href } });
  },
  component: Shell,
});

const indexRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/events' });
  },
});

const eventsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events',
  validateSearch: EventsSearchSchema,
  component: lazyRouteComponent(() => import('../pages/events/events-page.tsx'), 'EventsPage'),
});

const eventRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events/$frictionId',
  validateSearch: EventSearchSchema,
  component: lazyRouteComponent(() => import('../pages/event/event-page.tsx'), 'EventPage'),
});

const sandboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sandbox',
  validateSearch: SandboxSearchSchema,
  component: lazyRouteComponent(() => import('../pages/sandbox/sandbox-page.tsx'), 'SandboxPage'),
});

const videosRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/videos',
  validateSearch: VideosSearchSchema,
  component: lazyRouteComponent(() => import('../pages/videos/videos-page.tsx'), 'VideosPage'),
});

const systemRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/system',
  validateSearch: v.object({ window_hours: parameter(v.picklist([24, 168, 720])) }),
  component: lazyRouteComponent(() => import('../pages/system/system-page.tsx'), 'SystemPage'),
});

/** Unknown paths keep the app shell. */
const nowhereRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '$',
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    indexRoute,
    eventsRoute,
    eventRoute,
    sandboxRoute,
    videosRoute,
    systemRoute,
    nowhereRoute,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    basepath: '/admin',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: RouteError,
    defaultPendingComponent: RoutePending,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
