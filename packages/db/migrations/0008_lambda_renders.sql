-- Renders on AWS Lambda: one row for each invocation, which also holds its share of the account's concurrency.

create table if not exists public.lambda_renders (
  id uuid primary key default gen_random_uuid(),
  job_id uuid not null references public.render_jobs (id) on delete cascade,
  state text not null default 'INVOKING'
    check (state in ('INVOKING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT')),
  remotion_render_id text unique,
  object_key text not null unique,
  slots integer not null check (slots > 0),
  slots_until timestamptz not null,
  deadline_at timestamptz not null,
  webhook_outcome text check (webhook_outcome in ('success', 'error', 'timeout')),
  webhook_at timestamptz,
  cost_usd numeric check (cost_usd >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- A job is never paid for twice, whichever process asks, as long as the first render may still give its file.
create unique index if not exists lambda_renders_one_hopeful_index
  on public.lambda_renders (job_id) where state in ('INVOKING', 'RUNNING', 'SUCCEEDED');
create index if not exists lambda_renders_job_index on public.lambda_renders (job_id, created_at desc);
create index if not exists lambda_renders_slots_index on public.lambda_renders (slots_until);

-- What all invocations of a render have cost; null where the engine costs nothing by itself.
alter table public.render_jobs add column if not exists cost_usd numeric;

do $$
declare
  outsider text;
begin
  alter table public.lambda_renders enable row level security;
  revoke all on public.lambda_renders from public;
  foreach outsider in array array['anon', 'authenticated'] loop
    if to_regrole(outsider) is not null then
      execute format('revoke all on public.lambda_renders from %I', outsider);
    end if;
  end loop;
  if to_regrole('service_role') is not null then
    grant all on public.lambda_renders to service_role;
  end if;
  create or replace trigger defrag_touch_updated_at before update on public.lambda_renders
    for each row execute function public.defrag_touch_updated_at();
end
$$;
