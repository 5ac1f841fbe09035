import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { it } from '@jest/globals';
import { type ConformanceTarget, checkCertificateMatrix } from '@trusted-header/conformance';
import { Hono } from 'hono';
import { trustedHeader } from '../src/index.js';
import { honoTarget } from './conformance-target.js';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

/** The conformance target builds Fetch requests, which cannot be made of a request of HTTP/2. */
const http2Target: ConformanceTarget = {
  name: honoTarget.name,
  createServer({ options, observe }) {
    const app = new Hono();
    app.use(trustedHeader(options));
    app.all('*', async ({ body, req, var: { decision, identity } }) =>
      body(await observe(() => ({ decision, identity, readable: { header: req.header() } }))),
    );
    return createServer(getRequestListener(app.fetch));
  },
};

it.each([
  ['HTTP/1.1', honoTarget],
  ['HTTP/2', http2Target],
] as const)('certificates over %s come to what the guide says', (version, target) =>
  checkCertificateMatrix(guide, target, version),
);
