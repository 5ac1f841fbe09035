import type { Probed, WireRequest } from '../case.js';
import type { WireResponse } from '../wire/parse-response.js';
import { expectEqual, mismatch } from './mismatch.js';

/** Shorter values are parts of ordinary words. */
const SHORTEST = 5;

const NO_TRAILERS: NonNullable<Probed['trailers']> = [];

/** Checks what the probe was told: exactly that, and nothing of what it has not sent itself. */
export function checkProbed(
  { status, headers, head, body }: WireResponse,
  { decision, identity, lines, trailers = NO_TRAILERS }: Probed,
  { lines: sent = [], trailers: sentBehind = [], body: sentBody }: WireRequest,
): void {
  if (status !== 200) throw mismatch('the status', 200, `${status} ${body}`);
  expectEqual('the content type', headers.get('content-type'), 'application/json');
  expectEqual('cache-control', headers.get('cache-control'), 'no-store');
  expectEqual('what tells the receiver', headers.get('trusted-header-probe'), '1');
  const report: unknown = JSON.parse(body);
  if (typeof report !== 'object' || report === null) throw mismatch('the report', 'one', body);
  const { adapter, httpVersion, count, reads, ...told }: Record<string, unknown> = { ...report };
  const expected = { receiver: 1, decision, ...(identity && { identity }), lines, trailers };
  expectEqual('what the probe is told', told, expected);
  expectEqual('the headers that are read', reads, READS);
  if (!/^[a-z][a-z\d-]*$/.test(String(adapter))) throw mismatch('the adapter', 'its name', adapter);
  if (!/^1\.[01]$/.test(String(httpVersion))) throw mismatch('the version', '1.1', httpVersion);
  if (!(Number(count) > sent.length)) throw mismatch('the number of lines', 'all', count);
  const values = [...sent, ...sentBehind]
    .map((line) => line.slice(line.indexOf(':') + 1).trim())
    .filter((value) => value.length >= SHORTEST && !SHOWN.test(value));
  const secrets = [...values, ...(sentBody ? [sentBody] : []), ...NEVER];
  const leak = secrets.find((secret) => `${head}\n${body}`.includes(secret));
  if (leak !== undefined) throw mismatch('the answer', `nothing about ${leak}`, body);
}

/** The probe's own, and the usual options of `Connection`. */
const SHOWN = /^(?:th-probe-|close$|keep-alive$|upgrade$)/i;

const READS = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'];

/** What requests hold somewhere, and addresses. */
const NEVER = ['127.0.0.', 'alice', 'Alice', 'between-us', 'admin-team', '0123456789012'];
