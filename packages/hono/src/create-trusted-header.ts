import { type AdapterOptions, refusalOf, resolveAdapterOptions } from '@trusted-header/core';
import type { MiddlewareHandler } from 'hono';
import { checkFactsReader, type FactsReader, factsOf, type RuntimeBridge } from './facts.js';
import { sendProblem } from './send-problem.js';
import { isUnreadView, stripFetchHeaders } from './strip-fetch-headers.js';

/** Core's options and `anonymous`; and `facts`, for runtimes other than Node. */
export type TrustedHeaderOptions = AdapterOptions & {
  /**
   * Tells the TCP source address and the header lines from what the runtime offers. Never take the address from a
   * header, as Hono's conninfo helpers for Cloudflare, Vercel, Lambda and Pages do: a client can write those.
   */
  readonly facts?: FactsReader;
};

/** Makes `trustedHeader` for a runtime. */
export function createTrustedHeader(
  bridge: RuntimeBridge,
): (options: TrustedHeaderOptions) => MiddlewareHandler {
  return (options) => {
    const { readFacts, adapterOptions } = splitOptions(options);
    checkFactsReader(readFacts);
    const { authenticator, anonymous } = resolveAdapterOptions(adapterOptions);

    return function trustedHeader(c, next) {
      const facts = factsOf(c, readFacts, bridge);
      const decision = authenticator.authenticate(facts);
      const incoming = bridge.strip(c, authenticator.isIdentityHeader);
      if (!isUnreadView(c.req.raw, incoming)) {
        stripFetchHeaders(c, facts.rawHeaders.filter(isIdentityName));
      }
      c.set('decision', decision);
      c.set('identity', decision.kind === 'authenticated' ? decision.identity : undefined);

      const refusal = refusalOf(decision, anonymous);
      if (refusal) return Promise.resolve(sendProblem(c, refusal));
      return next();
    };

    function isIdentityName(text: string, i: number): boolean {
      return i % 2 === 0 && authenticator.isIdentityHeader(text);
    }
  };
}

/** Takes `facts` out of the options. A ready authenticator is passed on as it is. */
function splitOptions(options: TrustedHeaderOptions): {
  readonly readFacts: FactsReader | undefined;
  readonly adapterOptions: AdapterOptions;
} {
  if (!options || !('facts' in options)) return { readFacts: undefined, adapterOptions: options };
  const { facts, ...adapterOptions } = options;
  return { readFacts: facts, adapterOptions };
}
