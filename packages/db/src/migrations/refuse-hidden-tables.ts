import type { Database } from '../database.ts';
import { DatabaseError } from '../errors.ts';

/**
 * Row-level security does not refuse a role that it does not know, it shows it empty tables: every video would seem missing,
 * and every migration too. So a role that is neither owner, superuser nor service role is told at once. Tables that do not
 * exist yet are passed over.
 *
 * @throws DatabaseError with code 42501
 */
export async function refuseHiddenTables(database: Database): Promise<void> {
  const { rows } = await database.executeSql(`
    select current_user as role, string_agg(name, ', ' order by name) as hidden
    from unnest(array['friction_events', 'asset_cache_public', 'asset_cache_private', 'video_details', 'render_jobs',
      'defrag_migrations']) as name
    where case when to_regclass('public.' || name) is null then false else row_security_active('public.' || name) end
    group by current_user
  `);
  const found: { role: string; hidden: string } | undefined = rows[0];
  if (found === undefined) return;
  throw new DatabaseError(
    `Row-level security hides tables from role ${found.role}: ${found.hidden}. Connect as their owner or as service_role.`,
    { code: '42501', retryable: false },
  );
}
