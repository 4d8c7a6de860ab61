import { Table } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

/**
 * A table that is scrolled sideways by itself where the window is narrower, also by keys.
 *
 * @param props.label what the rows are
 * @param props.minWidth pixels below which it is scrolled
 * @param props.columns headings, from the left
 * @param props.children the rows
 */
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
}): ReactElement {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" role="region" aria-label={label} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} className="label">
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
