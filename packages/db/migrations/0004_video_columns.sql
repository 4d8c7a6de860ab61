-- What the video phase adds to the private rows. Null for stills.

alter table public.asset_cache_private
  add column if not exists duration_ms integer,
  add column if not exists fps integer default 30,
  add column if not exists renderer_version text,
  add column if not exists motion_profile jsonb;
