-- The three tables that the product's database already has. On an empty database they are created as the product has them,
-- without the foreign keys to profiles and connections, which belong to the product alone. Where a table exists, nothing
-- about its rows or columns changes.

create table if not exists public.friction_events (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  connection_id uuid not null,
  event_date date not null,
  engine_version text not null,
  pressure_score integer not null
    constraint friction_events_pressure_score_check check (pressure_score between 0 and 100),
  friction_score integer not null
    constraint friction_events_friction_score_check check (friction_score between 0 and 100),
  friction_delta integer,
  primary_gate text not null default 'NONE',
  fidelity_bucket text not null
    constraint friction_events_fidelity_bucket_check check (fidelity_bucket in ('HIGH', 'MEDIUM', 'LOW')),
  asset_hash text not null,
  provenance_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint friction_events_identity_key unique (user_id, connection_id, event_date, engine_version)
);

create table if not exists public.asset_cache_public (
  hash text primary key,
  type text not null
    constraint asset_cache_public_type_check check (type in ('STILL', 'VIDEO')),
  status text not null
    constraint asset_cache_public_status_check check (status in ('MISSING', 'QUEUED', 'READY', 'FAILED')),
  url text,
  width integer,
  height integer,
  duration_seconds integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.asset_cache_private (
  hash text primary key
    constraint asset_cache_private_hash_fkey references public.asset_cache_public (hash) on delete cascade,
  canonical text not null,
  user_class text not null,
  target_class text not null,
  pressure_bucket text not null
    constraint asset_cache_private_pressure_bucket_check check (pressure_bucket in ('LOW', 'MED', 'HIGH')),
  fidelity_bucket text not null
    constraint asset_cache_private_fidelity_bucket_check check (fidelity_bucket in ('HIGH', 'MEDIUM', 'LOW')),
  friction_bracket10 integer not null,
  asset_version text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- What our own writes rely on in the two cache tables, should an existing one lack it. A constraint on the same column
-- counts, whatever its name. NOT VALID: rows that are there already are not judged.
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('asset_cache_public', 'type', 'c', 'asset_cache_public_type_check',
        'check (type in (''STILL'', ''VIDEO''))'),
      ('asset_cache_public', 'status', 'c', 'asset_cache_public_status_check',
        'check (status in (''MISSING'', ''QUEUED'', ''READY'', ''FAILED''))'),
      ('asset_cache_private', 'hash', 'f', 'asset_cache_private_hash_fkey',
        'foreign key (hash) references public.asset_cache_public (hash) on delete cascade'),
      ('asset_cache_private', 'pressure_bucket', 'c', 'asset_cache_private_pressure_bucket_check',
        'check (pressure_bucket in (''LOW'', ''MED'', ''HIGH''))'),
      ('asset_cache_private', 'fidelity_bucket', 'c', 'asset_cache_private_fidelity_bucket_check',
        'check (fidelity_bucket in (''HIGH'', ''MEDIUM'', ''LOW''))')
    ) as list (table_name, column_name, kind, constraint_name, definition)
  loop
    if not exists (
      select from pg_catalog.pg_constraint c
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.conrelid = format('public.%I', wanted.table_name)::regclass
        and c.contype = wanted.kind::"char"
        and a.attname = wanted.column_name
    ) then
      execute format('alter table public.%I add constraint %I %s not valid',
        wanted.table_name, wanted.constraint_name, wanted.definition);
    end if;
  end loop;
end
$$;
