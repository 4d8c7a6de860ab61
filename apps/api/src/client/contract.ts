// Made from the schemas of the procedures by `pnpm --filter @defrag/api generate:contract`; a test compares. Do not edit.
import type { TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';

/** An item of a stream with its id, by which a client that reconnects says where it was. */
export interface Tracked<T> {
  id: string;
  data: T;
}

/** Why a call failed. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
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
  frames_done: number;
  frames_total: number;
  error_code: string | null;
  error_message: string | null;
  render_duration_ms: number | null;
  size_bytes: number | null;
  content_sha256: string | null;
  queued_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** Input of `admin.videos.byHash`, `admin.videos.retry`, `admin.videos.cancel`. */
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
  /** Every render of the video, newest first. */
  jobs: RenderJob[];
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

/** Input of `admin.frictionEvents.list`. */
export interface ListFrictionEventsRequest {
  /** Most items of the page. (Default: 25) */
  limit?: number | undefined;
  cursor?: string | null | undefined;
  /** (Default: event_date) */
  sort?: 'event_date' | 'created_at' | 'friction_score' | 'pressure_score' | undefined;
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
  };
  assets: {
    /** Read the public row of an asset. */
    byHash: TRPCQueryProcedure<{ input: AssetByHashRequest; output: PublicAsset; meta: object }>;
  };
};
