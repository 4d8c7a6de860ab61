-- Who may see what. Supabase brings the roles and auth.uid(); a plain PostgreSQL gets equivalents where the migrating role
-- may create them. What it may not do becomes a warning, never a failure: without the roles nobody but the owner sees
-- anything, which is the safe side.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
      begin
        if wanted = 'service_role' then
          begin
            execute format('create role %I nologin noinherit bypassrls', wanted);
          exception when insufficient_privilege then
            execute format('create role %I nologin noinherit', wanted);
            raise warning 'role service_role was created without BYPASSRLS, which this role may not grant: it will see no rows';
          end;
        else
          execute format('create role %I nologin noinherit', wanted);
        end if;
      exception
        when insufficient_privilege then
          raise warning 'role % is missing and this role may not create it', wanted;
        when duplicate_object or unique_violation then
          null; -- Another database of the same server is being migrated at this moment; roles are shared by all.
      end;
    end if;
  end loop;
end
$$;

do $$
begin
  if exists (
    select from pg_catalog.pg_proc p
    where p.pronamespace = to_regnamespace('auth') and p.proname = 'uid' and p.pronargs = 0
  ) then
    return;
  end if;
  if to_regnamespace('auth') is null then
    create schema auth;
  end if;
  -- The subject of the request's JSON Web Token, from the settings that PostgREST makes: the older one names the claim
  -- alone, the newer one holds all claims. Null outside of a request.
  create function auth.uid() returns uuid language sql stable as $body$
    select coalesce(
      nullif(current_setting('request.jwt.claim.sub', true), ''),
      nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
    )::uuid
  $body$;
  if to_regrole('anon') is not null then grant usage on schema auth to anon; end if;
  if to_regrole('authenticated') is not null then grant usage on schema auth to authenticated; end if;
  if to_regrole('service_role') is not null then grant usage on schema auth to service_role; end if;
exception when insufficient_privilege then
  raise warning 'auth.uid() is missing and this role may not create it: owners cannot select their own friction events';
end
$$;

do $$
declare
  protected text;
begin
  foreach protected in array array['friction_events', 'asset_cache_public', 'asset_cache_private'] loop
    if not (select relrowsecurity from pg_catalog.pg_class where oid = format('public.%I', protected)::regclass) then
      execute format('alter table public.%I enable row level security', protected);
    end if;
  end loop;
end
$$;

-- A policy of the product for reading counts, whatever its name. asset_cache_private gets none: no policy, no row.
do $$
begin
  if to_regrole('authenticated') is null then
    return;
  end if;
  if not exists (
    select from pg_catalog.pg_policy
    where polrelid = 'public.asset_cache_public'::regclass and polcmd in ('r', '*')
  ) then
    create policy defrag_authenticated_select on public.asset_cache_public
      for select to authenticated using (true);
  end if;
  if exists (
    select from pg_catalog.pg_proc p
    where p.pronamespace = to_regnamespace('auth') and p.proname = 'uid' and p.pronargs = 0
  ) and not exists (
    select from pg_catalog.pg_policy
    where polrelid = 'public.friction_events'::regclass and polcmd in ('r', '*')
  ) then
    create policy defrag_owner_select on public.friction_events
      for select to authenticated using (user_id = (select auth.uid()));
  end if;
end
$$;

-- Supabase grants everything on new tables to anon and authenticated and leaves the rest to row-level security, which knows
-- nothing of TRUNCATE. The grants on friction_events belong to the product and are only widened by reading.
do $$
declare
  outsider text;
begin
  revoke all on public.asset_cache_private from public;
  revoke insert, update, delete, truncate, references, trigger on public.asset_cache_public from public;
  foreach outsider in array array['anon', 'authenticated'] loop
    if to_regrole(outsider) is not null then
      execute format('revoke all on public.asset_cache_private from %I', outsider);
      execute format(
        'revoke insert, update, delete, truncate, references, trigger on public.asset_cache_public from %I', outsider);
    end if;
  end loop;
  if to_regrole('authenticated') is not null then
    grant select on public.asset_cache_public, public.friction_events to authenticated;
  end if;
  if to_regrole('service_role') is not null then
    grant all on public.friction_events, public.asset_cache_public, public.asset_cache_private to service_role;
  end if;
end
$$;
