import { Button, Collapse, Group, Paper } from '@mantine/core';
import { useDisclosure, useId, useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconFilter, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** From this width on, the filters start open. */
const WIDE = '(min-width: 62em)';

/** Collapsible list filters; the number of active filters is always visible. */
export function FilterPanel({
  active,
  onClear,
  children,
}: {
  readonly active: number;
  onClear(): void;
  readonly children: ReactNode;
}) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const [isOpen, { toggle }] = useDisclosure(isWide);
  const panel = useId();
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <Paper component="section" aria-label="Filters" p="xs" mb="md">
      <Group justify="space-between" gap="xs">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconFilter size={16} />}
          rightSection={<Chevron size={14} />}
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={toggle}
        >
          Filters{active > 0 && ` · ${active} active`}
        </Button>
        {active > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label="Clear filters"
            leftSection={<IconX size={14} />}
            onClick={({ currentTarget }) => {
              onClear();
              // The button disappears with the filters, so move the focus first.
              currentTarget.closest('section')?.querySelector('button')?.focus();
            }}
          >
            Clear
          </Button>
        )}
      </Group>
      <Collapse expanded={isOpen} id={panel}>
        {children}
      </Collapse>
    </Paper>
  );
}
