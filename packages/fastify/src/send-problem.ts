import { type ProblemLinks, type Refusal, renderProblem } from '@trusted-header/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with the problem of a refusal (D2), in the form and the language that the client prefers. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  links: ProblemLinks = {},
): void {
  const { accept, 'accept-language': acceptLanguage } = request.headers;
  const { status, headers, body } = renderProblem(refusal, { ...links, accept, acceptLanguage });
  reply
    .code(status)
    .headers({ ...headers })
    .send(body);
}
