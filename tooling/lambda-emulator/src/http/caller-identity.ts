import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** Nobody's account. */
export const ACCOUNT_ID = '000000000000';

/**
 * Answers `GetCallerIdentity` of STS, which Remotion's client asks for before it cancels a render.
 *
 * @returns false, with nothing answered, when the request asks for something else
 */
export async function answerCallerIdentity(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== 'POST' || request.url !== '/') return false;
  if (new URLSearchParams(await text(request)).get('Action') !== 'GetCallerIdentity') return false;
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::${ACCOUNT_ID}:user/emulated</Arn><UserId>emulated</UserId><Account>${ACCOUNT_ID}</Account>
  </GetCallerIdentityResult>
</GetCallerIdentityResponse>`);
  return true;
}
