-- Our own tables: the inputs and the file of each video, and one row for each requested render.

create table if not exists public.video_details (
  hash text primary key references public.asset_cache_public (hash) on delete cascade,
  friction_score integer not null check (friction_score between 0 and 100),
  pressure_score integer not null check (pressure_score between 0 and 100),
  seed text not null,
  duration_ms integer not null check (duration_ms > 0),
  renderer_version text not null,
  object_key text not null,
  content_sha256 text check (content_sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint check (size_bytes >= 0),
  engine text,
  render_duration_ms integer check (render_duration_ms >= 0),
  rendered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- From an event to its video. The digest stands in for the seed, which may be longer than an index row can be.
create index if not exists video_details_inputs_index
  on public.video_details (friction_score, pressure_score, md5(seed), duration_ms, renderer_version);

create table if not exists public.render_jobs (
  id uuid primary key default gen_random_uuid(),
  hash text not null references public.asset_cache_public (hash) on delete cascade,
  friction_id uuid not null,
  forced boolean not null default false,
  state text not null default 'QUEUED'
    check (state in ('QUEUED', 'RENDERING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  tries integer not null default 0 check (tries >= 0),
  engine text,
  worker text,
  frames_done integer not null default 0 check (frames_done >= 0),
  frames_total integer not null check (frames_total > 0),
  error_code text,
  error_message text,
  cancel_requested_at timestamptz,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  render_duration_ms integer check (render_duration_ms >= 0),
  size_bytes bigint check (size_bytes >= 0),
  content_sha256 text check (content_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- One render for each hash at a time, whichever process asks.
create unique index if not exists render_jobs_one_active_index
  on public.render_jobs (hash) where state in ('QUEUED', 'RENDERING');
create index if not exists render_jobs_history_index on public.render_jobs (hash, queued_at desc, id desc);
create index if not exists render_jobs_friction_index on public.render_jobs (friction_id);

do $$
declare
  own text;
  outsider text;
begin
  foreach own in array array['video_details', 'render_jobs', 'defrag_migrations'] loop
    execute format('alter table public.%I enable row level security', own);
    execute format('revoke all on public.%I from public', own);
    foreach outsider in array array['anon', 'authenticated'] loop
      if to_regrole(outsider) is not null then
        execute format('revoke all on public.%I from %I', own, outsider);
      end if;
    end loop;
    if to_regrole('service_role') is not null then
      execute format('grant all on public.%I to service_role', own);
    end if;
  end loop;
  foreach own in array array['video_details', 'render_jobs'] loop
    execute format(
      'create or replace trigger defrag_touch_updated_at before update on public.%I '
      'for each row execute function public.defrag_touch_updated_at()', own);
  end loop;
end
$$;
