import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, describe, it } from '@jest/globals';
import { answerAs, type ConformanceTarget, defineConformance } from '@trusted-header/conformance';
import { compileAdmission, compileGuard } from '@trusted-header/core';
import { signInRedirect } from '@trusted-header/login';
import {
  answerRefusal,
  decideRequest,
  guardServer,
  hasLeft,
  type NodeRequest,
  type OnServerRefusal,
  openProbe,
  prepareRequest,
  resolveNodeOptions,
  sendProblem,
  shapeOf,
} from '@trusted-header/node';

/** Bare `node:http`: the smallest application that conforms. */
const nodeTarget: ConformanceTarget = {
  name: 'node:http',
  door: true,
  createServer({ options, onRefusal: as, adminPolicy, earlyReader, door, observe }) {
    const resolved = resolveNodeOptions<NodeRequest>(options);
    const { authenticator } = resolved;
    const probe = openProbe(authenticator, 'node');
    const admit = compileAdmission(resolved);
    const admitAnybody = compileAdmission<NodeRequest>({ ...resolved, anonymous: 'allow' });
    const admitsAdmins = compileGuard(adminPolicy);
    const redirect = signInRedirect(resolved);

    const onRefusal: OnServerRefusal | undefined =
      as &&
      ((refusal, _req, res) =>
        answerAs(as, refusal, (status, body) => {
          res.statusCode = status;
          res.end(body);
        }));
    const handler = async (req: IncomingMessage, res: ServerResponse) => {
      if (earlyReader) readableOf(req);
      if (probe?.answers(req, res)) return;
      const path = (req.url ?? '').replace(/\?.*/, '');
      await prepareRequest(req, authenticator);
      if (hasLeft(req)) return;
      const decision = decideRequest(req, authenticator);

      const admitHere = path.startsWith('/public') ? admitAnybody : admit;
      const refusal =
        admitHere(decision, shapeOf(req), req, req) ??
        (path.endsWith('/admin') ? admitsAdmins(decision, req) : undefined);
      const way = refusal && redirect?.(refusal, decision, shapeOf(req));
      if (way?.kind === 'redirect') {
        return res.writeHead(302, { location: way.url, ...UNCACHED }).end();
      }
      if (way) return sendProblem(req, res, way.nobody, { signIn: way.url });
      if (refusal) return answerRefusal(refusal, req, res, onRefusal);
      // A guard without an adapter: this server has no such thing, so it fails as one should.
      if (path === '/unguarded') return res.writeHead(500).end();

      const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
      const body = await text(req).catch(() => 'the client has hung up');
      const answer = await observe(() => ({ decision, identity, readable: readableOf(req) }), body);
      // HTTP/2's gives nothing back.
      res.setHeader('content-type', 'application/json');
      return res.end(answer);
    };
    const server = createServer(handler);
    if (door) guardServer(server, { ...resolved, handler });
    return server;
  },
};

const UNCACHED = { 'cache-control': 'no-store' };

/** Every way that Node has to read the headers of a request. */
function readableOf(req: IncomingMessage): Record<string, unknown> {
  const { headers, headersDistinct, rawHeaders } = req;
  const { trailers, trailersDistinct, rawTrailers } = req;
  return { headers, headersDistinct, rawHeaders, trailers, trailersDistinct, rawTrailers };
}

defineConformance(nodeTarget, { describe, it, afterAll });
