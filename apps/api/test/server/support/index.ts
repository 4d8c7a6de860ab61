/** Helpers with which the tests of `@defrag/client` run a real API. */

export { demoEventId } from '../../support/test-services.ts';
export { beginRender, finishRender, queueVideo, readyVideo } from './ready-video.ts';
export { ADMIN_KEY, CRON_SECRET, openTestServer, startServer } from './test-server.ts';
