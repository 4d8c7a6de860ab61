-- updated_at tells when a row changed last. A trigger of the product that does so counts, whatever its name.

create or replace function public.defrag_touch_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

do $$
declare
  touched text;
begin
  foreach touched in array array['friction_events', 'asset_cache_public', 'asset_cache_private'] loop
    if not exists (
      select from pg_catalog.pg_trigger t
      join pg_catalog.pg_proc p on p.oid = t.tgfoid
      where t.tgrelid = format('public.%I', touched)::regclass
        and not t.tgisinternal
        -- Bits of tgtype: 1 for each row, 2 before, 16 update.
        and t.tgtype & 19 = 19
        and (p.prosrc ilike '%updated_at%' or p.proname = 'moddatetime')
    ) then
      execute format(
        'create trigger defrag_touch_updated_at before update on public.%I '
        'for each row execute function public.defrag_touch_updated_at()', touched);
    end if;
  end loop;
end
$$;
