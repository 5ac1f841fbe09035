import { type Refusal, renderProblem } from '@trusted-header/core';
import { sendProblem } from '@trusted-header/node';

/** A request of either platform. */
export type SubjectRequest = Parameters<typeof sendProblem>[0];

/** Where its answer goes: Fastify has a reply of its own. */
export type SubjectResponse = Parameters<typeof sendProblem>[1] | FastifyReply;

/** Answers with the problem of a refusal (D2): through Fastify's reply, which has its own idea of the headers, or itself. */
export function sendRefusal(
  refusal: Refusal,
  request: SubjectRequest,
  response: SubjectResponse,
): void {
  if (!('raw' in response)) {
    sendProblem(request, response, refusal);
    return;
  }
  const { status, headers, body } = renderProblem(refusal, request.headers.accept);
  response.status(status).headers(headers).send(body);
}

/** What is used of it. */
interface FastifyReply {
  readonly raw: unknown;
  status(code: number): FastifyReply;
  headers(values: Readonly<Record<string, string>>): FastifyReply;
  send(body: string): unknown;
}
