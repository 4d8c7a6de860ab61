import { Box } from '@mantine/core';
import type { ReactElement } from 'react';
import { CodeText } from './code-text.tsx';

/**
 * All 64 digits of a hash, in two even lines, with a button that copies it.
 *
 * @param props.what what it is, as in "Copy the hash"
 */
export function DigestText({ value, what }: { readonly value: string; readonly what: string }): ReactElement {
  return (
    // A digit more than half of them: a width in ch is rounded. The rest is the button.
    <Box className="number" fz="sm" maw="calc(33ch + 26px)">
      <CodeText value={value} what={what} />
    </Box>
  );
}
