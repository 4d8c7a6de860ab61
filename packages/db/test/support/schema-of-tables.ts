import { getTableConfig } from '../../src/drizzle.ts';
import {
  assetCachePrivate,
  assetCachePublic,
  backfillItems,
  backfills,
  frictionEvents,
  lambdaRenders,
  renderJobs,
  renderWorkers,
  videoDetails,
  videoRequestHours,
} from '../../src/index.ts';

/** A column as both drizzle and the server describe it. */
export interface ColumnShape {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  hasDefault: boolean;
}

const TABLES = [
  frictionEvents,
  assetCachePublic,
  assetCachePrivate,
  videoDetails,
  renderJobs,
  lambdaRenders,
  renderWorkers,
  videoRequestHours,
  backfills,
  backfillItems,
];

/** The columns as the code declares them. */
export function declaredColumns(): ColumnShape[] {
  return TABLES.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map((column) => ({
      table: name,
      column: column.name,
      type: column.getSQLType(),
      nullable: !column.notNull,
      hasDefault: column.hasDefault,
    }));
  }).sort(byName);
}

/** The columns as the server reports them. */
export const ACTUAL_COLUMNS_SQL = `
  select table_name as table, column_name as column, data_type as type,
    is_nullable = 'YES' as nullable, column_default is not null as "hasDefault"
  from information_schema.columns
  where table_schema = 'public'
    and table_name in (${TABLES.map((table) => `'${getTableConfig(table).name}'`).join(', ')})
`;

/** Sort order of both lists. */
export function byName(
  left: { table: string; column: string },
  right: { table: string; column: string },
): number {
  const [a, b] = [`${left.table}.${left.column}`, `${right.table}.${right.column}`];
  return a < b ? -1 : Number(a > b);
}
