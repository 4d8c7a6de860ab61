-- The orders in which the administration lists events and videos. Each list is read a page at a time from these.

create index if not exists friction_events_event_date_index on public.friction_events (event_date, id);
create index if not exists friction_events_friction_score_index on public.friction_events (friction_score, id);
create index if not exists friction_events_pressure_score_index on public.friction_events (pressure_score, id);
create index if not exists friction_events_created_at_index on public.friction_events (created_at, id);
create index if not exists asset_cache_public_videos_index
  on public.asset_cache_public (created_at, hash) where type = 'VIDEO';
