import { describe, expect, it } from '@jest/globals';
import { HttpException } from '@nestjs/common';
import { TrustedHeaderException } from '../src/trusted-header-exception.js';

const refusal = { kind: 'refused', reason: 'peer-untrusted' } as const;

class Own extends TrustedHeaderException {}

// `scripts/consumers/copies` has whole applications of two copies.
describe('an exception', () => {
  it('of another copy in the process is caught as one of ours', async () => {
    const other = await import('@trusted-header/nestjs');
    expect(other.TrustedHeaderException).not.toBe(TrustedHeaderException);
    expect(new other.TrustedHeaderException(refusal)).toBeInstanceOf(TrustedHeaderException);
    expect(new TrustedHeaderException(refusal)).toBeInstanceOf(other.TrustedHeaderException);
  });

  it.each([
    ['of Nest', new HttpException('no', 403)],
    ['that is none: nothing', null],
    ['that is none: a text', 'no'],
  ])('%s is not', (_, thrown) => {
    expect(thrown instanceof TrustedHeaderException).toBe(false);
  });

  it('of a class that extends it is one, and others are none of that class', () => {
    expect(new Own(refusal)).toBeInstanceOf(TrustedHeaderException);
    expect(new Own(refusal)).toBeInstanceOf(Own);
    expect(new TrustedHeaderException(refusal)).not.toBeInstanceOf(Own);
  });
});
