import { createHmac, randomUUID } from 'node:crypto';
import { beginLambdaRender, findLambdaRender, recordLambdaInvocation } from '@defrag/db';
import { describe, expect, it } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { send } from './support/http.ts';
import { queueVideo } from './support/ready-video.ts';
import { openTestServer, startServer } from './support/test-server.ts';

const SECRET = 'webhook-secret-0123456789';
const PATH = '/api/v1/webhooks/remotion-lambda';

const { services, server } = await openTestServer({ lambdaWebhookSecret: SECRET });

let events = 0;

/** Records a render that was invoked on Lambda. `renderId` is Remotion's id. */
async function runningRender(): Promise<{ id: string; renderId: string }> {
  events += 1;
  const { jobId } = await queueVideo(services, demoEventId(events));
  const begun = await beginLambdaRender(services.database.orm, {
    jobId,
    objectKeyOf: (id) => id,
    slots: 1,
    budget: 100,
    lifetimeSeconds: 60,
  });
  if (begun.kind !== 'begun') throw new Error('the render did not begin');
  const renderId = randomUUID();
  await recordLambdaInvocation(services.database.orm, { id: begun.render.id, remotionRenderId: renderId });
  return { id: begun.render.id, renderId };
}

const outcomeOf = async ({ id }: { id: string }) =>
  (await findLambdaRender(services.database.orm, id))?.webhookOutcome;

const newsOf = ({ id, renderId }: { id: string; renderId: string }, type = 'success') =>
  JSON.stringify({ type, renderId, customData: { id }, outputUrl: 'https://s3.amazonaws.com/nonsense' });

const sign = (body: string, secret = SECRET) =>
  `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`;

function tell(body: string, signature: string | string[] | undefined, url = server.url) {
  return send(`${url}${PATH}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'x-remotion-signature': signature }),
    },
    body,
  });
}

describe('the Lambda webhook', () => {
  it('records the first delivery and ignores later ones with 200', async () => {
    const render = await runningRender();
    const body = newsOf(render);
    const first = await tell(body, sign(body));
    expect([first.status, first.json]).toEqual([200, { status: 'recorded' }]);
    const again = await tell(body, sign(body));
    expect([again.status, again.json]).toEqual([200, { status: 'ignored' }]);
    const failure = newsOf(render, 'error');
    expect((await tell(failure, sign(failure))).json).toEqual({ status: 'ignored' });
    expect(await outcomeOf(render)).toBe('success');
  });

  it.each([
    ['without a signature', () => undefined],
    ['from a sender without a secret', () => 'NO_SECRET_PROVIDED'],
    ['signed with another secret', (body: string) => sign(body, 'another-secret-0123456789')],
    ['with the signature of another body', (body: string) => sign(`${body} `)],
    ['with a truncated signature', (body: string) => sign(body).slice(0, -1)],
    ['with two signatures', (body: string) => [sign(body), sign(body)]],
  ])('returns 401 and records nothing for a request %s', async (_how, signatureOf) => {
    const render = await runningRender();
    const body = newsOf(render, 'error');
    const { status, json } = await tell(body, signatureOf(body));
    expect([status, json.error.code]).toEqual([401, 'UNAUTHORIZED']);
    expect(await outcomeOf(render)).toBeNull();
  });

  it('returns 404 for an unknown or mismatched render id', async () => {
    const render = await runningRender();
    for (const other of [
      { ...render, id: randomUUID() },
      { ...render, renderId: 'another' },
    ]) {
      const body = newsOf(other);
      expect((await tell(body, sign(body))).status).toBe(404);
    }
    expect(await outcomeOf(render)).toBeNull();
  });

  it.each([
    ['is not JSON', 'x'],
    ['is empty', '{}'],
    [
      'has an unknown outcome',
      JSON.stringify({ type: 'maybe', renderId: 'a', customData: { id: randomUUID() } }),
    ],
  ])('returns 400 for a signed body that %s', async (_what, body) => {
    const { status, json } = await tell(body, sign(body));
    expect([status, json.error.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('returns 404 with other engines', async () => {
    const other = await startServer(services);
    expect((await tell('{}', sign('{}'), other.url)).status).toBe(404);
    await other.app.close();
  });
});
