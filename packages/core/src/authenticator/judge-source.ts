import { parsePeer } from '../address/parse-peer.js';
import type { RequestFacts, TrustedSource } from '../decision.js';
import type { Trust } from '../trust/trust.js';
import { NAMED_BY_TEST, REDEFINED_PEER, SOME_SOCKET } from './details.js';

/** Why a source is not trusted. */
export type SourceFault = 'peer-untrusted' | 'peer-unknown' | 'peer-unparsable' | 'peer-self';

/** Where a request comes from, judged without a look at its headers. */
export type SourceJudgement =
  | { readonly source: TrustedSource; readonly peer: string; readonly fault?: never }
  | {
      readonly source?: never;
      readonly peer: string | undefined;
      readonly fault: SourceFault;
      readonly detail?: string;
    };

/** Judges where a request comes from. */
export type Judge = (facts: RequestFacts) => SourceJudgement;

const scratch = new Uint32Array(4);

const PRINTABLE = /^[!-~]+$/;

/**
 * Compiles the judge of the connections that requests come over (T3–T5, T8, T9). What has no address is never local, and
 * never trusted.
 *
 * @param lack Which sources of the list name nobody for now, and why (L1): strangers are told apart from who is not known yet.
 */
export function compileJudge(trust: Trust, lack?: string): Judge {
  // Of trusted ones: proxies are few. Their requests share a judgement, so that nobody may change it.
  const known = new Map<string, SourceJudgement>();
  let lastPeer = '';
  let lastJudgement: SourceJudgement | undefined;

  return (facts) => {
    const { self, redefinedPeer } = facts;
    // Only what the facts themselves say: a polluted Object.prototype must not make everybody a proxy.
    const peer = Object.hasOwn(facts, 'peer') ? facts.peer : undefined;
    if (self === true) return { peer: readable(peer), fault: 'peer-self' };
    if (redefinedPeer === true) return REDEFINED;
    const { unixSocket } = facts;
    if (unixSocket !== undefined && Object.hasOwn(facts, 'unixSocket')) {
      return judgeUnixSocket(unixSocket);
    }
    if (lastJudgement && peer === lastPeer) return lastJudgement;
    if (peer === undefined || peer === null) return { peer: undefined, fault: 'peer-unknown' };
    if (!trust.has(peer))
      return judgeStranger(peer, facts.fromTest === true ? NAMED_BY_TEST : lack);
    const address = shorten(peer);
    lastPeer = peer;
    lastJudgement = known.get(peer) ?? keep(peer, { kind: 'address', address }, address);
    return lastJudgement;
  };

  function judgeUnixSocket(path: string): SourceJudgement {
    const name = `unix:${path}`;
    if (trust.hasUnixSocket(path))
      return known.get(name) ?? keep(name, { kind: 'unix', path }, name);
    // The path is the application's own, but facts can be anything.
    const detail = PRINTABLE.test(path) ? name : SOME_SOCKET;
    return { peer: undefined, fault: 'peer-untrusted', detail };
  }

  function keep(key: string, source: TrustedSource, peer: string): SourceJudgement {
    if (known.size >= MOST_KNOWN) known.clear();
    const judgement = { source: Object.freeze(source), peer };
    known.set(key, judgement);
    return judgement;
  }
}

/** Judgements that are kept: a trusted block may hold more addresses than there is memory. */
const MOST_KNOWN = 64;

const REDEFINED: SourceJudgement = {
  peer: undefined,
  fault: 'peer-unparsable',
  detail: REDEFINED_PEER,
};

function judgeStranger(peer: string, detail: string | undefined): SourceJudgement {
  const text = readable(peer);
  if (text === undefined) return { peer: text, fault: 'peer-unparsable' };
  return { peer: text, fault: 'peer-untrusted', ...(detail !== undefined && { detail }) };
}

/** Gives a peer for people to read, if it is strictly an address: other text may be an attacker's. */
function readable(peer: string | undefined): string | undefined {
  return typeof peer === 'string' && parsePeer(peer, scratch) !== 0 ? shorten(peer) : undefined;
}

/** Writes the address as an operator would: without the zone, and a mapped one in dotted form. */
function shorten(peer: string): string {
  const zone = peer.indexOf('%');
  if (zone >= 0) return peer.slice(0, zone);
  return peer.startsWith('::ffff:') && peer.includes('.') ? peer.slice(7) : peer;
}
