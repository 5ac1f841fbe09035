import { createServer } from 'node:http';
import { it } from '@jest/globals';
import { type ConformanceTarget, checkCertificateMatrix } from '@trusted-header/conformance';
import { refusalOf } from '@trusted-header/core';
import {
  decideRequest,
  type NodeRequest,
  resolveNodeOptions,
  sendProblem,
} from '@trusted-header/node';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

const nodeTarget: ConformanceTarget = {
  name: 'node:http',
  createServer({ options, observe }) {
    const { authenticator } = resolveNodeOptions<NodeRequest>(options);
    return createServer(async (req, res) => {
      const decision = decideRequest(req, authenticator);
      const refusal = refusalOf(decision, 'refuse');
      if (refusal) return sendProblem(req, res, refusal);
      const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
      res.end(await observe(() => ({ decision, identity, readable: { headers: req.headers } })));
    });
  },
};

it.each(['HTTP/1.1', 'HTTP/2'] as const)(
  'certificates over %s come to what the guide says',
  (version) => checkCertificateMatrix(guide, nodeTarget, version),
);
