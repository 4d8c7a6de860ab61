import type { DefragErrorShape, RouterOutputs } from './router.ts';

type Admin = RouterOutputs['admin'];

/** One invalid field of a request: its path and what is wrong. */
export type ErrorIssue = NonNullable<DefragErrorShape['data']['issues']>[number];
/** A video in a list, with its newest job. */
export type Video = Admin['videos']['list']['items'][number];
/** A video with its canonical inputs and the history of its jobs, newest first. */
export type VideoDetail = Admin['videos']['byHash'];
/** Number of videos by status, and their bytes. */
export type VideoTotals = Admin['videos']['totals'];
/** One requested render of a video, with all its tries. */
export type RenderJob = VideoDetail['jobs'][number];
/** The final URL of a video, its hash and whether it is READY or QUEUED. */
export type RenderVideoResult = Admin['renderVideo'];
/** A friction event in a list, with the status of its video. */
export type FrictionEvent = Admin['frictionEvents']['list']['items'][number];
/** A friction event with the canonical inputs and the row of its video. */
export type FrictionEventDetail = Admin['frictionEvents']['byId'];
/** State of queue, workers, renders and store. */
export type Statistics = Admin['stats'];
/** A backfill and its progress. */
export type Backfill = Admin['backfill']['byId'];
/** Preview of a backfill. */
export type BackfillDryRun = Admin['backfill']['dryRun'];
/** The public fields of an asset. */
export type PublicAsset = RouterOutputs['assets']['byHash'];
/** Whether the browser is signed in, and until when. */
export type Session = RouterOutputs['session']['get'];
