import type { Answered, Exchange, Problem, WireRequest } from '../case.js';
import type { DoorSighting } from '../door/record-sightings.js';
import type { Observation } from '../observe/create-observer.js';
import type { WireResponse } from '../wire/parse-response.js';
import { checkObservation } from './check-observation.js';
import { checkProbed } from './check-probed.js';
import { claimValues } from './claim-values.js';
import { expectEqual, mismatch } from './mismatch.js';

/** Checks an answer against what the exchange expects. */
export function checkResponse(
  { send, expect }: Exchange,
  response: WireResponse,
  observations: readonly Observation[],
  sightings: readonly DoorSighting[],
): void {
  switch (expect.kind) {
    case 'handled':
      expectStatus(response, 200);
      checkObservation(observationOf(response, observations), expect, send);
      return;
    case 'upgraded':
      expectStatus(response, 101);
      return;
    case 'witnessed':
      expectStatus(response, expect.by === 'upgrade' ? 101 : 200);
      expectEqual('who answered', sightings.at(-1)?.by, expect.by);
      expectEqual(
        `the decision that ${expect.by} finds`,
        sightings.at(-1)?.decision,
        expect.decision,
      );
      return;
    case 'problem':
      checkProblem(response, expect, send);
      checkLeaks(response, claimValues(send));
      return;
    case 'answered':
      checkAnswer(response, expect);
      checkLeaks(response, claimValues(send));
      return;
    case 'redirected':
      expectStatus(response, 302);
      expectEqual('the location', response.headers.get('location'), expect.to);
      expectEqual('cache-control', response.headers.get('cache-control'), 'no-store');
      return;
    case 'never-handled':
      if (response.status >= 400 && response.status < 600) return;
      throw mismatch('the status', '4xx or 5xx', response.status);
    case 'probed':
      checkProbed(response, expect, send);
      return;
    case 'hung-up':
      return;
  }
}

/** The answer names its observation. An answer to HEAD cannot: it is about the last one. */
function observationOf({ body }: WireResponse, observations: readonly Observation[]): Observation {
  const answer: unknown = body === '' ? {} : parseJson(body);
  const index =
    typeof answer === 'object' && answer !== null && 'observation' in answer
      ? Number(answer.observation)
      : observations.length - 1;
  const observation = observations[index];
  if (!observation) throw mismatch('the answer', 'the JSON of setup.observe()', body);
  return observation;
}

function checkProblem(
  response: WireResponse,
  { status, code, as, or, language, links }: Problem,
  send: WireRequest,
): void {
  if (response.status === or) return;
  expectStatus(response, status);
  const { headers, body } = response;
  const type = headers.get('content-type') ?? '';
  const wanted = as === 'html' ? 'text/html' : 'application/problem+json';
  if (!type.startsWith(wanted)) throw mismatch('the content type', wanted, type);
  expectEqual('cache-control', headers.get('cache-control'), 'no-store');
  if (language) expectEqual('content-language', headers.get('content-language'), language);
  if (status === 401 && !headers.has('www-authenticate')) {
    throw new Error('a 401 has no www-authenticate header (RFC 9110 section 15.5.2)');
  }
  if (status === 503) expectEqual('retry-after', headers.get('retry-after'), '1');
  if (send.method === 'HEAD') expectEqual('the body of an answer to HEAD', body, '');
  // No WebSocket client reads it, and not every server lets it be sent.
  else if (body === '' && isHandshake(send)) return;
  else if (as === 'html') checkPage(body, code, links);
  else expectEqual('the problem', parseJson(body), problemBody(status, code));
}

function checkAnswer(response: WireResponse, { status, code, refusal }: Answered): void {
  expectStatus(response, status);
  const answered = { ...problemBody(status, code), kind: refusal };
  expectEqual("the application's answer", parseJson(response.body), { answered });
}

function isHandshake({ lines = [] }: WireRequest): boolean {
  return lines.some((line) => /^upgrade:/i.test(line));
}

const TITLES = { 401: 'Unauthorized', 403: 'Forbidden', 503: 'Service Unavailable' };

/** RFC 9457: exactly these members. */
function problemBody(status: keyof typeof TITLES, code: string): object {
  return { type: 'about:blank', title: TITLES[status], status, code };
}

function checkPage(body: string, code: string, links: Problem['links']): void {
  if (!body.includes(code)) throw mismatch('the page', `the code ${code}`, body);
  if (!links) return;
  const found = [...body.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
  expectEqual("the page's links", found, links);
}

/** Nothing of the request's claim, of the configuration or of the code goes to the client (D2). */
function checkLeaks({ head, body }: WireResponse, secrets: readonly string[]): void {
  const text = `${head}\n${body}`;
  const leak = [...secrets, '127.0.0.', '::1', 'app.sock', 'trustedProxies'].find((secret) =>
    text.includes(secret),
  );
  if (leak !== undefined) throw mismatch('the refusal', `nothing about ${leak}`, text);
  if (/\bat .+:\d+:\d+/.test(text)) throw mismatch('the refusal', 'no stack', text);
}

function expectStatus({ status, body }: WireResponse, expected: number): void {
  if (status !== expected) throw mismatch('the status', expected, `${status} ${body}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
  } catch {
    return text;
  }
}
