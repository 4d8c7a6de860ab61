import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { ApiUtils } from '../api/trpc.ts';
import { EventSearchSchema } from '../pages/event/event-search.ts';
import { EventsSearchSchema } from '../pages/events/events-search.ts';
import { SandboxSearchSchema } from '../pages/sandbox/sandbox-inputs.ts';
import { SystemSearchSchema } from '../pages/system/system-search.ts';
import { VideosSearchSchema } from '../pages/videos/videos-search.ts';
import { SignInSearchSchema } from '../session/sign-in-search.ts';
import { NotFoundPage, RouteError, RoutePending } from './fallbacks.tsx';
import { Shell } from './shell.tsx';

/** What the routes may use before a page is shown. */
export interface RouterContext {
  readonly api: ApiUtils;
}

/** Milliseconds for which the session is not asked for again from page to page. */
const SESSION_FRESH_MS = 30_000;

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: SignInSearchSchema,
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything that needs a session. Without one, the way leads to the sign-in and from there back. */
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
  validateSearch: SystemSearchSchema,
  component: lazyRouteComponent(() => import('../pages/system/system-page.tsx'), 'SystemPage'),
});

/** An address that is none of a page's, inside of the shell. */
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

/** Makes the router; every page's state stands in its URL, typed and checked. */
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
