import { AppShell, Burger, Group, NavLink } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconActivity, IconAdjustmentsHorizontal, IconBolt, IconMovie } from '@tabler/icons-react';
import { Link, type LinkProps, Outlet, useRouterState } from '@tanstack/react-router';
import { type ComponentType, type ReactElement, useEffect, useRef } from 'react';
import { BackfillWatch } from '../backfills/backfill-watch.tsx';
import { OfflineBanner } from '../ui/offline-banner.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Wordmark } from './wordmark.tsx';

type Destination = { to: LinkProps['to'] & string; label: string; icon: ComponentType<{ size: number }> };

const DESTINATIONS: readonly Destination[] = [
  { to: '/events', label: 'Friction events', icon: IconBolt },
  { to: '/videos', label: 'Videos', icon: IconMovie },
  { to: '/sandbox', label: 'Sandbox', icon: IconAdjustmentsHorizontal },
  { to: '/system', label: 'System', icon: IconActivity },
];

/** What stands around every page: the ways to the others, the account, and whether the network is there. */
export function Shell(): ReactElement {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(path, main);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
              aria-expanded={isOpen}
            />
            <Wordmark />
          </Group>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages" className="page-links" data-open={isOpen || undefined}>
        {DESTINATIONS.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            label={label}
            leftSection={<Icon size={18} />}
            active={path.startsWith(to)}
            aria-current={path.startsWith(to) ? 'page' : undefined}
            className="page-link"
            onClick={close}
            renderRoot={(props) => <Link to={to} {...props} />}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main ref={main} id="main" tabIndex={-1}>
        <OfflineBanner />
        <BackfillWatch />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** Moves the focus to the page when another one is shown, as a browser does with a new document. */
function useFocusOnNavigation(path: string, main: { current: HTMLElement | null }): void {
  const previousPath = useRef(path);
  useEffect(() => {
    if (previousPath.current === path) return;
    previousPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}
