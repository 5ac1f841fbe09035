import { createHash } from 'node:crypto';
import { describeResult } from '../matrix/describe-result.js';
import { DOMAIN } from '../world/constants.js';
import type { Flow, Site } from './case.js';
import { asUser, FRONT, fetchOne } from './requests.js';

const UPLOAD_BYTES = 8 * 1024 * 1024;
const UPLOAD_SHA256 = createHash('sha256').update(Buffer.alloc(UPLOAD_BYTES, 'x')).digest('hex');

/** What goes through whole and in pieces: uploads, streams, WebSockets. Only the echo application has them. */
export const BODY_FLOWS: readonly Flow[] = [
  {
    id: 'large-upload',
    why: 'Eight megabytes go through whole.',
    apps: ['echo'],
    expected: `200 ann ${UPLOAD_BYTES} ${UPLOAD_SHA256}`,
    run: (site) => upload(site, [['Content-Length', String(UPLOAD_BYTES)]]),
  },
  {
    id: 'chunked-upload',
    why: 'So they do where the client does not know the length.',
    apps: ['echo'],
    expected: `200 ann ${UPLOAD_BYTES} ${UPLOAD_SHA256}`,
    run: (site) => upload(site, [['Transfer-Encoding', 'chunked']]),
  },
  {
    id: 'streaming',
    why: 'An answer that comes in pieces (server-sent events) is not held back.',
    apps: ['echo'],
    expected: '200, 4 pieces, as they came',
    run: async (site) => {
      const reply = await fetchOne(site, asUser(site, 'john', '/stream'));
      const pieces = reply.body.split('\n').filter(Boolean).length;
      const isStreamed = reply.streamedForMs > 250;
      return `${reply.status}, ${pieces} pieces, ${isStreamed ? 'as they came' : 'at once'}`;
    },
  },
  {
    id: 'websocket',
    why: 'A WebSocket opens, belongs to its user, and carries messages both ways.',
    apps: ['echo'],
    expected: 'own, echo: one, echo: two',
    run: async (site) => {
      const result = await site.agents.client.send({
        kind: 'websocket',
        to: FRONT,
        path: '/ws',
        headers: [
          ['Host', DOMAIN],
          ['Cookie', site.cookies.ann],
        ],
        messages: ['one', 'two'],
        answers: 3,
      });
      if (result.kind !== 'messages') return JSON.stringify(result);
      return [describeResult(result, 'ann'), ...result.messages.slice(1)].join(', ');
    },
  },
];

async function upload(
  site: Site,
  headers: readonly (readonly [string, string])[],
): Promise<string> {
  const request = asUser(site, 'ann', '/upload', {
    method: 'POST',
    headers,
    bodySize: UPLOAD_BYTES,
  });
  const { status, body } = await fetchOne(site, request);
  const { identity, bytes, sha256 } = JSON.parse(body);
  return `${status} ${identity?.user} ${bytes} ${sha256}`;
}
