import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table that scrolls sideways in windows narrower than `minWidth` pixels, also with the keyboard. */
export function WideTable({
  label,
  minWidth,
  columns,
  children,
}: {
  readonly label: string;
  readonly minWidth: number;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" role="region" aria-label={label} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} className="label" scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
