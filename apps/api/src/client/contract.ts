// Made from the schemas of the procedures by `pnpm --filter @defrag/api generate:contract`; a test compares. Do not edit.
import type { TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';

/** An item of a stream with its id, by which a client that reconnects says where it was. */
export interface Tracked<T> {
  id: string;
  data: T;
}

/** The input of procedures that take none: void, as tRPC has it. */
export type NoInput = ReturnType<() => void>;

/** Why a call failed. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'FRICTION_EVENT_NOT_FOUND'
  | 'VIDEO_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CONFLICT'
  | 'PRECONDITION_FAILED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RANGE_NOT_SATISFIABLE'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL'
  | 'RENDER_CANCELLED'
  | 'RENDER_FAILED'
  | 'RENDER_WORKER_DIED'
  | 'RENDER_ENCODER_FAILED'
  | 'RENDER_OUT_OF_SPACE'
  | 'RENDER_TIMED_OUT'
  | 'RENDER_NOT_DETERMINISTIC'
  | 'STORE_UNAVAILABLE'
  | 'UNAVAILABLE';

/** One field of a request that is wrong. */
export interface ErrorIssue {
  /** Keys and indexes from the request's root to the field; empty for the request itself. */
  path: (string | number)[];
  /** What would be right. */
  message: string;
}

/** Input of `admin.renderVideo`. */
export interface RenderVideoRequest {
  /** Id of the friction event. */
  friction_id: string;
  /** Length of the video in whole milliseconds. (Default: 6000) */
  duration_ms?: number | undefined;
  /** Render again even when the video is in the cache, and compare the new digest with the stored one. (Default: false) */
  force_regenerate?: boolean | undefined;
}

/** Where a requested video is, or will be. */
export interface RenderVideoResult {
  /** Where the video is, or will be: it is final even while the status is QUEUED. */
  url: string;
  status: 'READY' | 'QUEUED';
  /** Video hash: 64 lowercase hexadecimal digits. */
  hash: string;
}

/** Input of `admin.videos.list`. */
export interface ListVideosRequest {
  /** Most items of the page. (Default: 25) */
  limit?: number | undefined;
  cursor?: string | null | undefined;
  /** By creation; newest first is desc. (Default: desc) */
  direction?: 'asc' | 'desc' | undefined;
  status?: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED' | undefined;
  engine?: 'embedded' | 'remotion' | 'lambda' | undefined;
  renderer_version?: string | undefined;
  /** Id of the friction event. */
  friction_id?: string | undefined;
  created_from?: string | undefined;
  created_to?: string | undefined;
  /** The first digits of the hash. */
  hash_prefix?: string | undefined;
}

/** One page of videos. */
export interface VideoPage {
  items: Video[];
  /** Null on the last page. */
  next_cursor: string | null;
}

/** A cached video as operators see it. */
export interface Video {
  hash: string;
  status: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED';
  /** Null until READY. */
  url: string | null;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
  /** The nearest whole second. */
  duration_seconds: number | null;
  /** The exact length. Null, as are the other inputs, where another system made the video. */
  duration_ms: number | null;
  fps: number | null;
  friction_score: number | null;
  pressure_score: number | null;
  renderer_version: string | null;
  /** What made the file. */
  engine: 'embedded' | 'remotion' | 'lambda' | null;
  size_bytes: number | null;
  /** SHA-256 of the file; what a repeated render is compared with. */
  content_sha256: string | null;
  render_duration_ms: number | null;
  rendered_at: string | null;
  created_at: string;
  updated_at: string;
  /** The newest render of this video. */
  latest_job: RenderJob | null;
}

/** One requested render of a video, with all its tries. */
export interface RenderJob {
  id: string;
  friction_id: string;
  /** True when the render was asked for although the video was in the cache. */
  forced: boolean;
  state: 'QUEUED' | 'RENDERING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** Tries begun so far. */
  tries: number;
  engine: 'embedded' | 'remotion' | 'lambda' | null;
  /** Host and process id of the worker that has it, or had it last. */
  worker: string | null;
  /** True from the request on; the worker ends it a moment later. */
  cancel_requested: boolean;
  frames_done: number;
  frames_total: number;
  error_code: string | null;
  error_message: string | null;
  render_duration_ms: number | null;
  size_bytes: number | null;
  content_sha256: string | null;
  /** What all tries have cost, in US dollars, as Remotion estimates it; null with engines that charge nothing. */
  cost_usd: number | null;
  queued_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** Input of `admin.videos.totals`. */
export interface VideoTotalsRequest {
  engine?: 'embedded' | 'remotion' | 'lambda' | undefined;
  renderer_version?: string | undefined;
  /** Id of the friction event. */
  friction_id?: string | undefined;
  created_from?: string | undefined;
  created_to?: string | undefined;
  /** The first digits of the hash. */
  hash_prefix?: string | undefined;
}

/** How many videos there are in each status, and their size. */
export interface VideoTotals {
  /** All of them. */
  videos: number;
  by_status: {
    MISSING: number;
    QUEUED: number;
    READY: number;
    FAILED: number;
  };
  /** Bytes of the files of those that are READY, as far as known. */
  stored_bytes: number;
}

/** Input of `admin.videos.byHash`, `admin.videos.retry`, `admin.videos.cancel`, `admin.videos.delete`. */
export interface ByHashRequest {
  /** Video hash: 64 lowercase hexadecimal digits. */
  hash: string;
}

/** A video with its canonical inputs and the history of its renders. */
export interface VideoDetail {
  hash: string;
  status: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED';
  /** Null until READY. */
  url: string | null;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
  /** The nearest whole second. */
  duration_seconds: number | null;
  /** The exact length. Null, as are the other inputs, where another system made the video. */
  duration_ms: number | null;
  fps: number | null;
  friction_score: number | null;
  pressure_score: number | null;
  renderer_version: string | null;
  /** What made the file. */
  engine: 'embedded' | 'remotion' | 'lambda' | null;
  size_bytes: number | null;
  /** SHA-256 of the file; what a repeated render is compared with. */
  content_sha256: string | null;
  render_duration_ms: number | null;
  rendered_at: string | null;
  created_at: string;
  updated_at: string;
  /** The newest render of this video. */
  latest_job: RenderJob | null;
  /** The exact text that is hashed. */
  canonical_inputs: string | null;
  /** The last 100 renders of the video, newest first. */
  jobs: RenderJob[];
  /** What the newest repeated render gave: the bytes that are stored, or others. UNVERIFIED when there is none. */
  determinism: 'UNVERIFIED' | 'IDENTICAL' | 'DIFFERENT';
}

/** Input of `admin.videos.progress`. */
export interface VideoProgressRequest {
  /** Video hash: 64 lowercase hexadecimal digits. */
  hash: string;
  /** The last event that a reconnecting client saw; the client fills it in. */
  lastEventId?: string | null | undefined;
}

/** One step of a render's progress. */
export interface VideoProgress {
  hash: string;
  status: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED';
  job_id: string | null;
  job_state: 'QUEUED' | 'RENDERING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | null;
  /** Never goes down within a job. */
  frames_done: number;
  frames_total: number;
  tries: number;
  error_code: string | null;
  url: string | null;
}

/** Whether a render was cancelled. */
export interface CancelVideoResult {
  hash: string;
  /** False when there was nothing to cancel. */
  cancelled: boolean;
}

/** Whether a video was deleted. */
export interface DeleteVideoResult {
  hash: string;
  /** False when there was nothing to delete. */
  deleted: boolean;
}

/** Input of `admin.videos.renderMany`. */
export interface RenderManyRequest {
  /** Ids of 1 to 100 friction events; one that is named twice counts once. */
  friction_ids: string[];
  /** Length of the video in whole milliseconds. (Default: 6000) */
  duration_ms?: number | undefined;
  /** Render again even when the video is in the cache, and compare the new digest with the stored one. (Default: false) */
  force_regenerate?: boolean | undefined;
}

/** One result for each event that was named. */
export interface RenderManyResponse {
  results: RenderManyResult[];
  /** How many results are READY. */
  ready: number;
  /** How many results are QUEUED. */
  queued: number;
  /** How many results are REFUSED. */
  refused: number;
}

/** What became of one event of a renderMany. */
export interface RenderManyResult {
  friction_id: string;
  /** REFUSED: see error_code; the others went on. */
  status: 'READY' | 'QUEUED' | 'REFUSED';
  /** Null when REFUSED. */
  hash: string | null;
  /** Where the video is, or will be. Null when REFUSED. */
  url: string | null;
  error_code: string | null;
  error_message: string | null;
}

/** Input of `admin.frictionEvents.list`. */
export interface ListFrictionEventsRequest {
  /** Most items of the page. (Default: 25) */
  limit?: number | undefined;
  cursor?: string | null | undefined;
  /** By video_status ascending is MISSING, QUEUED, READY, FAILED, and within a status by event date. (Default: event_date) */
  sort?: 'event_date' | 'created_at' | 'friction_score' | 'pressure_score' | 'video_status' | undefined;
  /** (Default: desc) */
  direction?: 'asc' | 'desc' | undefined;
  min_friction_score?: number | undefined;
  max_friction_score?: number | undefined;
  min_pressure_score?: number | undefined;
  max_pressure_score?: number | undefined;
  /** First event date. */
  date_from?: string | undefined;
  /** Last event date. */
  date_to?: string | undefined;
  fidelity_bucket?: 'HIGH' | 'MEDIUM' | 'LOW' | undefined;
  video_status?: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED' | undefined;
  /** The first characters of the id; dashes do not matter. */
  id_prefix?: string | undefined;
  /** Length in milliseconds of the video that counts for `video` and `video_status`. (Default: 6000) */
  duration_ms?: number | undefined;
}

/** One page of friction events. */
export interface FrictionEventPage {
  items: FrictionEvent[];
  /** Null on the last page. */
  next_cursor: string | null;
}

/** A friction event as operators see it. */
export interface FrictionEvent {
  id: string;
  user_id: string;
  connection_id: string;
  event_date: string;
  engine_version: string;
  friction_score: number;
  pressure_score: number;
  friction_delta: number | null;
  primary_gate: string;
  fidelity_bucket: 'HIGH' | 'MEDIUM' | 'LOW';
  asset_hash: string;
  /** The seed of the event's motion. */
  provenance_hash: string;
  created_at: string;
  updated_at: string;
  /** The video of the requested duration under the present renderer version. */
  video: FrictionEventVideo;
}

/** Where the video of a friction event stands. */
export interface FrictionEventVideo {
  hash: string;
  /** MISSING when the video was never asked for. */
  status: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED';
  /** Null until READY. */
  url: string | null;
}

/** Input of `admin.frictionEvents.byId`. */
export interface FrictionEventByIdRequest {
  /** Id of the friction event. */
  friction_id: string;
  /** Length in milliseconds of the video that counts for `video` and `video_status`. (Default: 6000) */
  duration_ms?: number | undefined;
}

/** A friction event with the canonical inputs of its video. */
export interface FrictionEventDetail {
  id: string;
  user_id: string;
  connection_id: string;
  event_date: string;
  engine_version: string;
  friction_score: number;
  pressure_score: number;
  friction_delta: number | null;
  primary_gate: string;
  fidelity_bucket: 'HIGH' | 'MEDIUM' | 'LOW';
  asset_hash: string;
  /** The seed of the event's motion. */
  provenance_hash: string;
  created_at: string;
  updated_at: string;
  /** The video of the requested duration under the present renderer version. */
  video: FrictionEventVideo;
  /** The exact text that is hashed for the video. */
  canonical_inputs: string;
  renderer_version: string;
  /** Length of the video. */
  duration_ms: number;
  /** Frames of the video. */
  frames: number;
  /** The video with the history of its renders; null when it was never asked for. */
  cached_video: VideoDetail | null;
}

/** Input of `admin.backfill.dryRun`. */
export interface BackfillDryRunRequest {
  /** Length of the videos in whole milliseconds. (Default: 6000) */
  duration_ms?: number | undefined;
}

/** What a backfill would do now. */
export interface BackfillDryRun {
  renderer_version: string;
  duration_ms: number;
  /** Friction events there are. */
  events: number;
  /** Different videos that they have: events with equal inputs share one. */
  videos: number;
  /** Videos that are READY. */
  ready: number;
  /** Videos that are queued or rendered already. */
  under_way: number;
  /** Videos that a backfill would see to: all that are not READY. */
  to_render: number;
}

/** Input of `admin.backfill.start`. */
export interface StartBackfillRequest {
  /** Length of the videos in whole milliseconds. (Default: 6000) */
  duration_ms?: number | undefined;
  /** Most of its renders that are queued or under way at the same time. (Default: 1) */
  concurrency?: number | undefined;
}

/** A backfill and its progress. */
export interface Backfill {
  id: string;
  state: 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'CANCELLED';
  renderer_version: string;
  duration_ms: number;
  /** Most of its renders that are queued or under way at the same time. */
  concurrency: number;
  /** Friction events at its start. */
  events: number;
  /** Different videos that they had. */
  videos: number;
  /** Videos that were READY at its start. */
  ready_before: number;
  /** Videos that it sees to. */
  total: number;
  /** Not begun yet; of a cancelled backfill, never begun. */
  waiting: number;
  /** Queued or rendered now. */
  under_way: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** READY meanwhile, or their event is gone. */
  skipped: number;
  created_at: string;
  updated_at: string;
  finished_at: string | null;
}

/** Input of `admin.backfill.list`. */
export interface ListBackfillsRequest {
  /** Most items of the page. (Default: 25) */
  limit?: number | undefined;
}

/** The newest backfills. */
export interface BackfillList {
  /** The newest first. */
  items: Backfill[];
}

/** Input of `admin.backfill.byId`, `admin.backfill.pause`, `admin.backfill.resume`, `admin.backfill.cancel`. */
export interface BackfillByIdRequest {
  /** Id of the backfill. */
  id: string;
}

/** Input of `admin.stats`. */
export interface StatisticsRequest {
  /** Hours back from now that renders and requests are counted for. (Default: 24) */
  window_hours?: number | undefined;
}

/** How the system does. */
export interface Statistics {
  /** What this API process is set to render with. */
  engine: 'embedded' | 'remotion' | 'lambda';
  store: 'filesystem' | 's3';
  database: 'embedded' | 'postgres';
  renderer_version: string;
  node_version: string;
  measured_at: string;
  window_hours: number;
  queue: {
    /** Renders that wait, those for another try included. */
    queued: number;
    /** Of them, those that have failed once or more. */
    retrying: number;
    rendering: number;
    oldest_queued_at: string | null;
  };
  /** Renders that ended within the window. */
  ended: {
    succeeded: number;
    failed: number;
    cancelled: number;
  };
  /** Those heard of within a day, the newest first. */
  workers: Worker[];
  /** Percentiles of the renders that succeeded within the window; null without any. */
  render_time: {
    renders: number;
    p50_ms: number | null;
    p95_ms: number | null;
    p99_ms: number | null;
  };
  /** Requests for videos within the window; those of backfills are not counted. */
  requests: {
    /** Answered from the cache. */
    hits: number;
    /** A render was begun or joined. */
    misses: number;
    /** A render was asked for whatever the cache holds; no part of the rate. */
    forced: number;
    /** hits / (hits + misses), 0..1; null without any. */
    hit_rate: number | null;
    /** Every hour of the window, the oldest first. */
    hours: RequestHour[];
  };
  /** The last 20, the newest first. */
  last_errors: RenderError[];
  storage: {
    /** Videos that are READY. */
    videos: number;
    /** Bytes of their files, as far as known. */
    bytes: number;
  };
  friction_events: number;
}

/** A process that renders. */
export interface Worker {
  /** Host and process id, as `worker` of a render names it. */
  name: string;
  host: string;
  pid: number;
  engine: 'embedded' | 'remotion' | 'lambda' | null;
  renderer_version: string;
  /** Renders that it works on at the same time. */
  concurrency: number;
  /** Renders that it works on now. */
  rendering: number;
  started_at: string;
  last_seen_at: string;
  /** Whether it was heard of within the last 30 seconds. */
  alive: boolean;
}

/** Requests for videos within one hour. */
export interface RequestHour {
  /** When the hour began. */
  hour: string;
  hits: number;
  misses: number;
  forced: number;
}

/** A render that failed, for good or until its next try. */
export interface RenderError {
  job_id: string;
  hash: string;
  friction_id: string;
  /** FAILED, or QUEUED or RENDERING where another try is under way. */
  state: 'QUEUED' | 'RENDERING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  tries: number;
  error_code: string;
  error_message: string | null;
  at: string;
}

/** Input of `assets.byHash`. */
export interface AssetByHashRequest {
  /** Hash of the asset; of a video, its video hash. */
  hash: string;
}

/** The public row of an asset: all that anybody may know of it. */
export interface PublicAsset {
  hash: string;
  type: 'STILL' | 'VIDEO';
  status: 'MISSING' | 'QUEUED' | 'READY' | 'FAILED';
  /** Null until the asset is READY. */
  url: string | null;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
  /** The nearest whole second; null for stills. */
  duration_seconds: number | null;
  updated_at: string;
}

/** Whether the browser that asks holds a session, and until when. */
export interface Session {
  signed_in: boolean;
  /** When the session ends by itself; null when signed out. */
  expires_at: string | null;
}

/** Input of `session.signIn`. */
export interface SignInRequest {
  /** The admin key. It is exchanged for a cookie and kept nowhere. */
  admin_key: string;
}

/** Every procedure of the API. */
export type DefragProcedures = {
  admin: {
    /** Ask for the video of a friction event. */
    renderVideo: TRPCMutationProcedure<{
      input: RenderVideoRequest;
      output: RenderVideoResult;
      meta: object;
    }>;
    videos: {
      /** List videos, newest first. */
      list: TRPCQueryProcedure<{ input: ListVideosRequest | undefined; output: VideoPage; meta: object }>;
      /** Count the videos by status, and their bytes. */
      totals: TRPCQueryProcedure<{
        input: VideoTotalsRequest | undefined;
        output: VideoTotals;
        meta: object;
      }>;
      /** Read a video, its canonical inputs and its renders. */
      byHash: TRPCQueryProcedure<{ input: ByHashRequest; output: VideoDetail; meta: object }>;
      /** Follow a render until it ends. */
      progress: TRPCSubscriptionProcedure<{
        input: VideoProgressRequest;
        output: AsyncIterable<Tracked<VideoProgress>, void>;
        meta: object;
      }>;
      /** Ask again for a video whose render failed or was cancelled. */
      retry: TRPCMutationProcedure<{ input: ByHashRequest; output: RenderVideoResult; meta: object }>;
      /** Cancel the render of a video. */
      cancel: TRPCMutationProcedure<{ input: ByHashRequest; output: CancelVideoResult; meta: object }>;
      /** Delete a video, its file and the history of its renders. */
      delete: TRPCMutationProcedure<{ input: ByHashRequest; output: DeleteVideoResult; meta: object }>;
      /** Ask for the videos of up to 100 events. */
      renderMany: TRPCMutationProcedure<{
        input: RenderManyRequest;
        output: RenderManyResponse;
        meta: object;
      }>;
    };
    frictionEvents: {
      /** List friction events with the state of their videos. */
      list: TRPCQueryProcedure<{
        input: ListFrictionEventsRequest | undefined;
        output: FrictionEventPage;
        meta: object;
      }>;
      /** Read a friction event and the canonical inputs of its video. */
      byId: TRPCQueryProcedure<{
        input: FrictionEventByIdRequest;
        output: FrictionEventDetail;
        meta: object;
      }>;
    };
    backfill: {
      /** Tell what a backfill would render. */
      dryRun: TRPCQueryProcedure<{
        input: BackfillDryRunRequest | undefined;
        output: BackfillDryRun;
        meta: object;
      }>;
      /** Begin to render the videos of all events. */
      start: TRPCMutationProcedure<{
        input: StartBackfillRequest | undefined;
        output: Backfill;
        meta: object;
      }>;
      /** List the newest backfills with their progress. */
      list: TRPCQueryProcedure<{
        input: ListBackfillsRequest | undefined;
        output: BackfillList;
        meta: object;
      }>;
      /** Read a backfill and its progress. */
      byId: TRPCQueryProcedure<{ input: BackfillByIdRequest; output: Backfill; meta: object }>;
      /** Pause a backfill. */
      pause: TRPCMutationProcedure<{ input: BackfillByIdRequest; output: Backfill; meta: object }>;
      /** Let a paused backfill go on. */
      resume: TRPCMutationProcedure<{ input: BackfillByIdRequest; output: Backfill; meta: object }>;
      /** End a backfill. */
      cancel: TRPCMutationProcedure<{ input: BackfillByIdRequest; output: Backfill; meta: object }>;
    };
    /** Tell how the system does. */
    stats: TRPCQueryProcedure<{ input: StatisticsRequest | undefined; output: Statistics; meta: object }>;
  };
  assets: {
    /** Read the public row of an asset. */
    byHash: TRPCQueryProcedure<{ input: AssetByHashRequest; output: PublicAsset; meta: object }>;
  };
  session: {
    /** Tell whether the browser is signed in. */
    get: TRPCQueryProcedure<{ input: NoInput; output: Session; meta: object }>;
    /** Exchange the admin key for the cookie of a session. */
    signIn: TRPCMutationProcedure<{ input: SignInRequest; output: Session; meta: object }>;
    /** Take the cookie of the session away. */
    signOut: TRPCMutationProcedure<{ input: NoInput; output: Session; meta: object }>;
  };
};
