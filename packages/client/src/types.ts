import type { DefragErrorShape, RouterOutputs } from './router.ts';

type Admin = RouterOutputs['admin'];

export type ErrorIssue = NonNullable<DefragErrorShape['data']['issues']>[number];
export type Video = Admin['videos']['list']['items'][number];
export type VideoDetail = Admin['videos']['byHash'];
export type VideoTotals = Admin['videos']['totals'];
/** One requested render of a video, with all its tries. */
export type RenderJob = VideoDetail['jobs'][number];
export type RenderVideoResult = Admin['renderVideo'];
export type FrictionEvent = Admin['frictionEvents']['list']['items'][number];
export type FrictionEventDetail = Admin['frictionEvents']['byId'];
export type Statistics = Admin['stats'];
export type Backfill = Admin['backfill']['byId'];
export type BackfillDryRun = Admin['backfill']['dryRun'];
export type PublicAsset = RouterOutputs['assets']['byHash'];
export type Session = RouterOutputs['session']['get'];
