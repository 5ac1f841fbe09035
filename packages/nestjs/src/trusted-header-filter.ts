import { type ArgumentsHost, Catch, Inject, NotFoundException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { type Refusal, renderProblem } from '@trusted-header/core';
import { sendProblem } from '@trusted-header/node';
import { decisionOf } from './decision-of.js';
import { wasGuarded } from './guarded.js';
import { SETTINGS, type Settings } from './options.js';
import { TrustedHeaderException } from './trusted-header-exception.js';

/** Answers refusals with the problem (D2), and nobody with 401 where there is nothing: that is not theirs to know. */
@Catch(TrustedHeaderException, NotFoundException)
export class TrustedHeaderFilter extends BaseExceptionFilter {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(HttpAdapterHost) { httpAdapter }: HttpAdapterHost,
  ) {
    super(httpAdapter);
  }

  override catch(
    exception: TrustedHeaderException | NotFoundException,
    host: ArgumentsHost,
  ): unknown {
    // GraphQL makes an error of it itself.
    if (host.getType() !== 'http') return exception;
    const request = host.switchToHttp().getRequest();
    const refusal =
      exception instanceof TrustedHeaderException
        ? exception.refusal
        : this.refusalOfStranger(request);
    if (refusal) return send(refusal, request, host.switchToHttp().getResponse());
    return super.catch(exception, host);
  }

  /** No handler was found, so that no guard has asked. */
  private refusalOfStranger(request: object): Refusal | undefined {
    if (wasGuarded(request) || this.settings.anonymous === 'allow') return undefined;
    const decision = decisionOf(request);
    return decision?.kind === 'anonymous' ? decision : undefined;
  }
}

/** Answers through Fastify's reply, which has its own idea of the headers, or else on the response itself. */
function send(
  refusal: Refusal,
  request: Parameters<typeof sendProblem>[0],
  response: Parameters<typeof sendProblem>[1] | FastifyReply,
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
