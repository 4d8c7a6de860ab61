import { Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { CopyButton } from './copy-button.tsx';

/**
 * A hash, an id or another exact text, with a button that copies it.
 *
 * @param props.what what it is, as in "Copy the hash"
 * @param props.shownCharacters how many of its first characters are shown. (Default: all)
 */
export function CodeText({
  value,
  what,
  shownCharacters,
}: {
  readonly value: string;
  readonly what: string;
  readonly shownCharacters?: number;
}): ReactElement {
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
