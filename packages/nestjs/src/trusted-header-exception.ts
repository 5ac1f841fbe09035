import { HttpException } from '@nestjs/common';
import { problemOf, type Refusal } from '@trusted-header/core';

/** Keeps a request from its handler: 401, 403 or 503, with the problem (D2) as its response. */
export class TrustedHeaderException extends HttpException {
  constructor(readonly refusal: Refusal) {
    const problem = problemOf(refusal);
    super(problem, problem.status);
    this.message = `${problem.title}: ${problem.code}`;
  }
}
