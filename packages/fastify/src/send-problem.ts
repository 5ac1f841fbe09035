import { type Refusal, renderProblem } from '@trusted-header/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with the problem of a refusal (D2), in the form that the client prefers. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  const { status, headers, body } = renderProblem(refusal, request.headers.accept);
  reply
    .code(status)
    .headers({ ...headers })
    .send(body);
}
