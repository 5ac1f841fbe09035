import type { Decision, TrustedSource } from '@trusted-header/core';

/** How the app came to believe what it believes, in plain words. */
export interface Explanation {
  readonly verdict: string;
  /** One sentence for each thing that was looked at, in that order. */
  readonly reasons: readonly string[];
}

/** Says in plain words how a decision was made. Names the trusted source to those whom it vouches for, and nobody else. */
export function explainDecision(decision: Decision): Explanation {
  switch (decision.kind) {
    case 'authenticated':
      return {
        verdict: 'A trusted proxy named you.',
        reasons: [
          `The connection came from ${nameOf(decision.source)}, which is on this app’s list of trusted proxies.`,
          'The request named one user, once, in headers that can be read one way only.',
          'Then the headers were taken off: this page was made from the decision.',
        ],
      };
    case 'anonymous':
      return {
        verdict: 'Nobody is signed in.',
        reasons: [
          decision.trusted
            ? 'The connection came from a trusted proxy, and the proxy named nobody.'
            : 'The connection did not come from a trusted proxy, and the request claimed nothing.',
          'This page lets such requests in. Every other page answers 401.',
        ],
      };
    case 'refused':
      return {
        verdict: 'The claim was refused.',
        reasons: [`The request claimed to be somebody, and was not believed: ${decision.reason}.`],
      };
  }
}

function nameOf(source: TrustedSource): string {
  switch (source.kind) {
    case 'address':
      return source.address;
    case 'unix':
      return `the Unix socket ${source.path}`;
  }
}
