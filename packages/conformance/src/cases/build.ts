import type { Identity, TrustedSource } from '@trusted-header/core';
import type {
  ConformanceCase,
  Conversation,
  Exchange,
  Expectation,
  Handled,
  NeverHandled,
  Peer,
  Problem,
  WireRequest,
} from '../case.js';
import type { ClientCertificate } from '../tls/client-certificates.js';

/** Cases that belong together, under the heading that test reports show. */
export interface ConformanceGroup {
  readonly title: string;
  readonly cases: readonly ConformanceCase[];
}

/** The proxy of nearly all cases. */
export const PROXY = '127.0.0.1';

/** Everybody else on the network. */
export const STRANGER = '127.0.0.2';

/** A case of one request: a row of a table. Default peer: the proxy. */
export interface Row extends WireRequest, Omit<ConformanceCase, 'conversations' | 'atOnce'> {
  readonly peer?: Peer;
  readonly decoy?: Peer;
  readonly certificate?: ClientCertificate;
  readonly expect: Expectation;
}

/** Makes a case of a row. */
export function toCase(row: Row): ConformanceCase {
  const {
    peer = PROXY,
    decoy,
    certificate,
    expect,
    method,
    path,
    version,
    lines,
    body,
    trailers,
    ...rest
  } = row;
  const send: WireRequest = {
    ...(method && { method }),
    ...(path && { path }),
    ...(version && { version }),
    ...(lines && { lines }),
    ...(body !== undefined && { body }),
    ...(trailers && { trailers }),
  };
  return {
    ...rest,
    conversations: [
      {
        peer,
        ...(decoy && { decoy }),
        ...(certificate && { certificate }),
        exchanges: [{ send, expect }],
      },
    ],
  };
}

/** One connection. */
export function from(peer: Peer, ...exchanges: readonly Exchange[]): Conversation {
  return { peer, exchanges };
}

/** A request that names a user and nothing else, and is believed. */
export function asUser(user: string, path = '/whoami'): Exchange {
  return { send: { path, lines: [`Remote-User: ${user}`] }, expect: authenticated({ user }) };
}

/** A request without a claim, and what comes of it. */
export function asNobody(path: string, expect: Expectation): Exchange {
  return { send: { path }, expect };
}

/** The handler runs for this user. */
export function authenticated(
  identity: Identity,
  source: TrustedSource = { kind: 'address', address: PROXY },
): Handled {
  return { kind: 'handled', decision: { kind: 'authenticated', identity, source } };
}

/** The handler runs for nobody. @param trusted The request came through the proxy. */
export function anonymous(trusted: boolean): Handled {
  return { kind: 'handled', decision: { kind: 'anonymous', trusted } };
}

/** The claim is not believed, or the user not admitted. */
export function forbidden(code: string): Problem {
  return { kind: 'problem', status: 403, code };
}

/** More header lines than Node keeps: it drops them in silence, or from version 22 on refuses them. */
export const CUT_OFF: Problem = { ...forbidden('headers-too-many'), or: 431 };

/** Nobody is not let in. */
export const UNAUTHORIZED: Problem = {
  kind: 'problem',
  status: 401,
  code: 'authentication-required',
};

/** Somebody on the way refuses; no handler runs. */
export const NEVER_HANDLED: NeverHandled = { kind: 'never-handled' };

/** Header lines that say nothing. */
export function padding(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `P${i}: x`);
}
