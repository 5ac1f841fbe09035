import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { sendRefusal } from './send-refusal.js';
import { TrustedHeaderException } from './trusted-header-exception.js';

/** Answers refusals with the problem (D2). */
@Catch(TrustedHeaderException)
export class TrustedHeaderFilter implements ExceptionFilter<TrustedHeaderException> {
  catch(exception: TrustedHeaderException, host: ArgumentsHost): unknown {
    // GraphQL makes an error of it itself.
    if (host.getType() !== 'http') return exception;
    const http = host.switchToHttp();
    return sendRefusal(exception.refusal, http.getRequest(), http.getResponse());
  }
}
