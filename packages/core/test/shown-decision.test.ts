import { describe, expect, it } from '@jest/globals';
import { keepDecision, keptDecision, showDecision, shownDecision } from '../src/index.js';

const NOBODY = { kind: 'anonymous', trusted: true } as const;
const REFUSED = { kind: 'refused', reason: 'user-missing' } as const;

describe('what is shown of a request', () => {
  it('is nothing a guard finds, and nothing that was decided is shown by itself', () => {
    const [shown, kept] = [{}, {}];
    showDecision(shown, NOBODY);
    keepDecision(kept, REFUSED);
    expect([shownDecision(shown), keptDecision(shown)]).toEqual([NOBODY, undefined]);
    expect([shownDecision(kept), keptDecision(kept)]).toEqual([undefined, REFUSED]);
  });

  it('is there through a Proxy of the request, and for guards only on itself', () => {
    const request = { _readableState: {} };
    showDecision(request, NOBODY);
    keepDecision(request, REFUSED);
    const proxy = new Proxy(request, {});
    expect([shownDecision(proxy), keptDecision(proxy)]).toEqual([NOBODY, undefined]);
    expect(shownDecision({})).toBeUndefined();
  });
});
