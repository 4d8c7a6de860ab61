import { Alert, AppShell, Burger, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconActivity,
  IconAdjustmentsHorizontal,
  IconBolt,
  IconMovie,
  IconWifiOff,
} from '@tabler/icons-react';
import { onlineManager } from '@tanstack/react-query';
import { Link, type LinkProps, Outlet, useRouterState } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef, useSyncExternalStore } from 'react';
import { BackfillWatch } from '../watch/backfill-watch.tsx';
import { AccountMenu } from './account-menu.tsx';

type Destination = { to: LinkProps['to'] & string; label: string; icon: ComponentType<{ size: number }> };

const DESTINATIONS: readonly Destination[] = [
  { to: '/events', label: 'Friction events', icon: IconBolt },
  { to: '/videos', label: 'Videos', icon: IconMovie },
  { to: '/sandbox', label: 'Sandbox', icon: IconAdjustmentsHorizontal },
  { to: '/system', label: 'System', icon: IconActivity },
];

export function Shell() {
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
        Skip to content
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

/** Moves the focus to the new page, as a browser does when it loads a document. */
function useFocusOnNavigation(path: string, main: { current: HTMLElement | null }): void {
  const previousPath = useRef(path);
  useEffect(() => {
    if (previousPath.current === path) return;
    previousPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}

function Wordmark() {
  return (
    <Link
      to="/events"
      aria-label="Defrag Video, friction events"
      style={{ color: 'inherit', textDecoration: 'none' }}
    >
      <Group gap="xs" wrap="nowrap">
        <svg
          width="36"
          height="20"
          viewBox="0 0 36 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          aria-hidden
        >
          <circle cx="9" cy="10" r="6.5" />
          <path d="M18 1v18" stroke="var(--defrag-cool)" />
          <rect x="21.5" y="3.5" width="13" height="13" />
        </svg>
        <Text ff="monospace" fz="sm" fw={500} style={{ letterSpacing: '0.04em', whiteSpace: 'nowrap' }}>
          DEFRAG VIDEO
        </Text>
      </Group>
    </Link>
  );
}

function OfflineBanner() {
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">
      {!isOnline && (
        <Alert variant="outline" color="gray" icon={<IconWifiOff />} title="You are offline" mb="md">
          This page may be out of date. It reloads when you are back online.
        </Alert>
      )}
    </div>
  );
}
