import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, describe, it } from '@jest/globals';
import { type ConformanceTarget, defineConformance } from '@trusted-header/conformance';
import { compileGuard, refusalOf, resolveAdapterOptions } from '@trusted-header/core';
import { decideRequest, guardServer, sendProblem } from '@trusted-header/node';

/** Bare `node:http`: the smallest application that conforms. */
const nodeTarget: ConformanceTarget = {
  name: 'node:http',
  door: true,
  createServer({ options, adminPolicy, earlyReader, door, observe }) {
    const { authenticator, anonymous } = resolveAdapterOptions(options);
    const admitsAdmins = compileGuard(adminPolicy);

    const handler = async (req: IncomingMessage, res: ServerResponse) => {
      if (earlyReader) readableOf(req);
      const path = (req.url ?? '').replace(/\?.*/, '');
      const decision = decideRequest(req, authenticator);

      const mode = path.startsWith('/public') ? 'allow' : anonymous;
      const refusal =
        refusalOf(decision, mode) ?? (path.endsWith('/admin') ? admitsAdmins(decision) : undefined);
      if (refusal) return sendProblem(req, res, refusal);
      // A guard without an adapter: this server has no such thing, so it fails as one should.
      if (path === '/unguarded') return res.writeHead(500).end();

      const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
      const body = await text(req).catch(() => 'the client has hung up');
      const answer = await observe(() => ({ decision, identity, readable: readableOf(req) }), body);
      return res.setHeader('content-type', 'application/json').end(answer);
    };
    const server = createServer(handler);
    if (door) guardServer(server, { authenticator, anonymous, handler });
    return server;
  },
};

/** Every way that Node has to read the headers of a request. */
function readableOf(req: IncomingMessage): Record<string, unknown> {
  const { headers, headersDistinct, rawHeaders } = req;
  const { trailers, trailersDistinct, rawTrailers } = req;
  return { headers, headersDistinct, rawHeaders, trailers, trailersDistinct, rawTrailers };
}

defineConformance(nodeTarget, { describe, it, afterAll });
