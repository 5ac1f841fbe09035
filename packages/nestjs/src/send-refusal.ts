import { type Refusal, renderProblem } from '@trusted-header/core';
import {
  answerRefusal,
  isNodeRequest,
  isNodeResponse,
  type NodeRequest,
  type NodeResponse,
} from '@trusted-header/node';
import { answers } from './on-refusal.js';

/** A request of either platform. */
export type SubjectRequest = NodeRequest;

/** Where its answer goes: Fastify has a reply of its own. */
export type SubjectResponse = NodeResponse | FastifyReply;

/**
 * Answers a refused request: as the application wants it (`onRefusal`), or with the problem (D2): through Fastify's reply, which
 * has its own idea of the headers, or itself.
 */
export function sendRefusal(
  refusal: Refusal,
  request: SubjectRequest,
  response: SubjectResponse,
): void {
  const incoming = incomingOf(request);
  const onRefusal = answers.get(incoming);
  if (!('raw' in response)) {
    answerRefusal(refusal, incoming, response, onRefusal);
    return;
  }
  if (onRefusal && isNodeResponse(response.raw)) {
    response.hijack();
    answerRefusal(refusal, incoming, response.raw, onRefusal);
    return;
  }
  const { accept, 'accept-language': acceptLanguage } = request.headers;
  const { status, headers, body } = renderProblem(refusal, { accept, acceptLanguage });
  response.status(status).headers(headers).send(body);
}

/** Fastify's request is not the one that came in. */
function incomingOf(request: SubjectRequest): NodeRequest {
  const raw: unknown = Reflect.get(request, 'raw');
  return isNodeRequest(raw) ? raw : request;
}

/** What is used of it. */
interface FastifyReply {
  readonly raw: unknown;
  hijack(): unknown;
  status(code: number): FastifyReply;
  headers(values: Readonly<Record<string, string>>): FastifyReply;
  send(body: string): unknown;
}
