-- What the administration shows of the system: who renders, how often the cache had the answer, and backfills.

create table if not exists public.render_workers (
  id uuid primary key,
  name text not null,
  host text not null,
  pid integer not null,
  engine text not null,
  renderer_version text not null,
  concurrency integer not null check (concurrency > 0),
  last_seen_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.video_request_hours (
  hour timestamptz primary key,
  hits bigint not null default 0 check (hits >= 0),
  misses bigint not null default 0 check (misses >= 0),
  forced bigint not null default 0 check (forced >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.backfills (
  id uuid primary key default gen_random_uuid(),
  state text not null default 'RUNNING' check (state in ('RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED')),
  renderer_version text not null,
  duration_ms integer not null check (duration_ms > 0),
  concurrency integer not null check (concurrency > 0),
  events integer not null default 0 check (events >= 0),
  videos integer not null default 0 check (videos >= 0),
  total integer not null default 0 check (total >= 0),
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- One backfill at a time, whichever process is asked.
create unique index if not exists backfills_one_active_index
  on public.backfills ((true)) where state in ('RUNNING', 'PAUSED');
create index if not exists backfills_created_at_index on public.backfills (created_at desc, id desc);

-- One row for each different video of a backfill. The event stands for all that have the same inputs; no key leads to it,
-- because events belong to the product and may go. A job goes with its video.
create table if not exists public.backfill_items (
  backfill_id uuid not null references public.backfills (id) on delete cascade,
  friction_id uuid not null,
  state text not null default 'WAITING'
    check (state in ('WAITING', 'HANDED_OUT', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')),
  job_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (backfill_id, friction_id)
);
create index if not exists backfill_items_state_index on public.backfill_items (backfill_id, state, friction_id);

-- Renders by when they ended, and the few that failed.
create index if not exists render_jobs_finished_at_index on public.render_jobs (finished_at);
create index if not exists render_jobs_errors_index on public.render_jobs (finished_at) where error_code is not null;

do $$
declare
  own text;
  outsider text;
begin
  foreach own in array array['render_workers', 'video_request_hours', 'backfills', 'backfill_items'] loop
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
    execute format(
      'create or replace trigger defrag_touch_updated_at before update on public.%I '
      'for each row execute function public.defrag_touch_updated_at()', own);
  end loop;
end
$$;
