import { findBrowser } from '@defrag/browser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { procedures } from '../../src/trpc/procedures.ts';
import { send } from './support/http.ts';
import { openTestServer } from './support/test-server.ts';

const { server } = await openTestServer();
// biome-ignore lint/suspicious/noExplicitAny: the document is JSON
const document: any = (await send(`${server.url}/api/v1/openapi.json`)).json;

interface Operation {
  readonly operationId: string;
  readonly responses: Record<
    string,
    { $ref?: string; content?: Record<string, { schema: object; example: unknown }> }
  >;
}

const operations = (): { path: string; method: string; operation: Operation }[] =>
  Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('/api/v1/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  it('has one route for each procedure except streams and browser sessions', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, meta, path } of procedures.values()) {
      const id = meta.openapi?.operationId;
      if (type === 'subscription' || path.startsWith('session.')) expect(id).toBeUndefined();
      else expect([path, ids.includes(id ?? '')]).toEqual([path, true]);
    }
  });

  it('describes only routes that exist', async () => {
    for (const { path, method } of operations()) {
      const address = server.url + path.replaceAll(/\{\w+\}/g, 'f'.repeat(64));
      const answer = await send(address, { method: method.toUpperCase() });
      expect([path, answer.status === 405, answer.json?.error?.message]).not.toEqual([
        path,
        true,
        expect.anything(),
      ]);
      expect([path, answer.json?.error?.message]).not.toEqual([path, 'Not found.']);
    }
  });

  it('has no dangling references and no unused components', () => {
    const text = JSON.stringify(document);
    const referred = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+\/[\w.]+)"/g)].map(([, name]) => name),
    );
    const present = Object.entries<object>({
      schemas: document.components.schemas,
      responses: document.components.responses,
    }).flatMap(([kind, entries]) => Object.keys(entries).map((name) => `${kind}/${name}`));
    expect([...referred].sort()).toEqual(present.sort());
  });

  it('lists both authentication schemes on each admin route, and none on public routes', () => {
    expect(document.components.securitySchemes).toMatchObject({
      adminKey: { type: 'apiKey', in: 'header', name: 'x-defrag-admin-key' },
      cronSecret: { type: 'http', scheme: 'bearer' },
    });
    for (const { path, operation } of operations()) {
      const security = path.includes('/admin/') ? [{ adminKey: [] }, { cronSecret: [] }] : undefined;
      expect([path, (operation as { security?: unknown }).security]).toEqual([path, security]);
    }
  });

  it('describes every error with the shared error response', () => {
    for (const { path, operation } of operations().filter((each) => each.path.startsWith('/api/'))) {
      const errors = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      expect([path, errors.length > 0]).toEqual([path, true]);
      for (const [status, { $ref }] of errors) {
        expect([path, $ref]).toEqual([path, `#/components/responses/Error${status}`]);
      }
    }
  });

  it('has an example for each response and request body that matches its schema', () => {
    for (const { meta, output, input, path } of procedures.values()) {
      const found = operations().find(({ operation }) => operation.operationId === meta.openapi?.operationId);
      if (found === undefined || meta.openapi === undefined) continue;
      const successes = Object.entries(found.operation.responses).filter(([status]) => Number(status) < 400);
      for (const [status, { content }] of successes) {
        const example = content?.['application/json']?.example;
        expect([path, status, output.safeParse(example).error]).toEqual([path, status, undefined]);
      }
      const { requestBody } = found.operation as { requestBody?: Operation['responses'][string] };
      const body = requestBody?.content?.['application/json'];
      if (body !== undefined) expect(input?.safeParse(body.example).success).toBe(true);
    }
  });

  it('documents the Prefer header and the 202 response of render-video', () => {
    const { post } = document.paths['/api/v1/admin/render-video'];
    expect(post.parameters).toEqual([expect.objectContaining({ name: 'Prefer', in: 'header' })]);
    expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['200', '202']));
    expect(post.responses['202'].content).toMatchObject({
      'application/json': { example: { status: 'QUEUED' } },
    });
    expect(post.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
  });
});

describe('/api/v1/docs', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
  });

  afterAll(() => browser.close());

  it.each([
    [1_440, 900],
    [360, 740],
  ])('renders the document %i pixels wide without requests to other servers', async (width, height) => {
    const page = await browser.newPage({ viewport: { width, height } });
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('requestfailed', (request) => problems.push(request.url()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${server.url}/api/v1/docs`);
    await page.getByRole('heading', { level: 1, name: 'Defrag Video' }).waitFor();
    await page.getByText('/api/v1/admin/render-video').first().waitFor({ state: 'attached' });
    expect(requests.filter((url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(problems).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.close();
  });

  it('has a content security policy that blocks requests to other servers', async () => {
    const { headers } = await send(`${server.url}/api/v1/docs/`);
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
  });
});
