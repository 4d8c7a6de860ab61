import { Box, Group, CopyButton as MantineCopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { IconButton } from './icon-button.tsx';

interface CodeTextProps {
  readonly value: string;
  readonly what: string;
  readonly shownCharacters?: number;
}

/** A hash, an id or another exact text with a copy button. `what` completes "Copy the hash". */
export function CodeText({ value, what, shownCharacters }: CodeTextProps) {
  const isCut = shownCharacters !== undefined && value.length > shownCharacters;
  return (
    <Group gap={4} wrap="nowrap" align="center">
      <Text className="number" size="sm" title={isCut ? value : undefined}>
        {isCut ? `${value.slice(0, shownCharacters)}…` : value}
      </Text>
      <CopyButton value={value} what={what} />
    </Group>
  );
}

export function DigestText({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    // 33 rather than 32 digits, because ch widths are rounded; the rest is the button.
    <Box className="number" fz="sm" maw="calc(33ch + 26px)">
      <CodeText value={value} what={what} />
    </Box>
  );
}

export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <MantineCopyButton value={value}>
      {({ copied, copy }) => (
        <IconButton label={copied ? 'Copied' : `Copy ${what}`} onClick={copy} aria-live="polite">
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </IconButton>
      )}
    </MantineCopyButton>
  );
}
