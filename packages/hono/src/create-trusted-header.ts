import {
  type AdapterOptions,
  type AnyAuthenticator,
  checkOptionsObject,
  compileAdmission,
  createSlot,
  type Decision,
  decideUntold,
  keepUntold,
  prepareUntold,
  type RequestFacts,
  type RequestShape,
  type RequestState,
  setupOf,
  shareState,
  stateOf,
  tellUntold,
} from '@trusted-header/core';
import { type ProbeWindow, probeAnswer, probeReport } from '@trusted-header/core/probe';
import { refusalHandler } from '@trusted-header/login';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { answerRefusal, keepOnRefusal, type OnRefusal, toPortal } from './answer-refusal.js';
import { checkFactsReader, type FactsReader, factsOf, type RuntimeBridge } from './facts.js';
import { routeOf } from './route-of.js';
import { isUnreadView, stripFetchHeaders } from './strip-fetch-headers.js';

type HonoOptions = AdapterOptions<Context, OnRefusal>;

/** Core's options and `anonymous`; and `facts`, for runtimes other than Node. */
export type TrustedHeaderOptions = HonoOptions & {
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
    const resolved = bridge.resolveOptions(adapterOptions);
    const { authenticator } = resolved;
    const onRefusal = refusalHandler(resolved, toPortal);
    const admit = compileAdmission(resolved);
    const isAsking = setupOf(authenticator)?.prepare !== undefined;
    const probe = bridge.openProbe(authenticator);
    const isIdentityHeader = bridge.isStripped(authenticator);
    /** The wire's requests that this middleware has let nobody in with. */
    const been = createSlot<true>();

    return function trustedHeader(c, next) {
      const probed = probe && answerProbe(probe, c);
      if (probed) return probed;
      const pending = isAsking ? prepareUntold(authenticator, factsToAsk(c)) : undefined;
      if (!pending) return decide(c, next);
      return pending.then(() => (bridge.hasLeft(c) ? c.body(null) : decide(c, next)));
    };

    /** Answers what is the probe's, and nobody else's request. */
    function answerProbe(window: ProbeWindow, c: Context): Promise<Response> | undefined {
      const facts = factsToAsk(c);
      return window.isProbe(facts.rawHeaders) ? reportOn(c, facts) : undefined;
    }

    async function reportOn(c: Context, facts: RequestFacts): Promise<Response> {
      const seen = (await bridge.readTrailers(c)) ?? { httpVersion: 'unknown', trailers: [] };
      const report = await probeReport(authenticator, facts, { adapter: 'hono', ...seen });
      const answer = probeAnswer(report);
      // @hono/node-server sends an upgrade no body.
      if (await bridge.endsUpgrade(c, answer)) return c.body(null);
      const { status, headers, body } = answer;
      const length = String(new TextEncoder().encode(body).length);
      return c.body(body, status, { ...headers, 'content-length': length });
    }

    function factsToAsk(c: Context): RequestFacts {
      const seen = readFacts ? undefined : bridge.readSeen(c);
      return seen ?? factsOf(c, readFacts, bridge);
    }

    function decide(c: Context, next: Next): ReturnType<MiddlewareHandler> {
      const seen = readFacts ? undefined : bridge.decide(c, authenticator);
      if (seen) shareState(c, seen.state);
      const state = seen?.state ?? stateOf(c);
      const facts = seen?.facts ?? factsOf(c, readFacts, bridge);
      const decision = seen?.decision ?? decideFacts(state, authenticator, facts);
      const incoming = seen?.incoming ?? bridge.strip(c, authenticator);
      if (!isUnreadView(c.req.raw, incoming)) {
        stripFetchHeaders(c, isIdentityHeader, facts.rawHeaders.filter(isIdentityName));
      }
      state.request = c;
      state.routeOf = routeOf;
      tellUntold(state);
      if (onRefusal) keepOnRefusal(c, onRefusal);
      c.set('decision', decision);
      c.set('identity', decision.kind === 'authenticated' ? decision.identity : undefined);

      const shape = seen?.shape ?? shapeOf(c, facts.rawHeaders);
      state.shape = shape;
      const ask = (asked: RequestShape) => admit(decision, asked, c, c);
      const own =
        seen && decision.kind !== 'authenticated' ? shapeAgain(c, state, shape) : undefined;
      const refusal = ask(shape) ?? (own && ask(own));
      if (!refusal) return next();
      c.set('identity', undefined);
      if (refusal.kind === 'refused') c.set('decision', refusal);
      return answerRefusal(refusal, c);
    }

    /**
     * Gives what an application asks for that asks itself again, of the same request: it has a path of its own, which a client may have
     * chosen, and opens what both paths open. Undefined at first.
     */
    function shapeAgain(c: Context, state: RequestState, wire: RequestShape) {
      if (been.get(state)) return { ...wire, target: shapeOf(c, wire.rawHeaders).target };
      been.set(state, true);
      return undefined;
    }

    function isIdentityName(text: string, i: number): boolean {
      return i % 2 === 0 && isIdentityHeader(text);
    }
  };
}

function decideFacts(
  state: RequestState,
  authenticator: AnyAuthenticator,
  facts: RequestFacts,
): Decision {
  return keepUntold(state, authenticator, decideUntold(authenticator, facts));
}

/** Takes `facts` out of the options. A ready authenticator is passed on as it is. */
function splitOptions(options: TrustedHeaderOptions): {
  readonly readFacts: FactsReader | undefined;
  readonly adapterOptions: HonoOptions;
} {
  checkOptionsObject(options);
  if (!options || !('facts' in options)) return { readFacts: undefined, adapterOptions: options };
  const { facts, ...adapterOptions } = options;
  return { readFacts: facts, adapterOptions };
}

/** The target where there is no request but the Fetch one: as the runtime has written its URL, which is what Hono routes by. */
function shapeOf({ req: { raw } }: Context, rawHeaders: readonly string[]): RequestShape {
  return { method: raw.method, target: raw.url.replace(/^\w+:\/\/[^/?#]*/, ''), rawHeaders };
}
