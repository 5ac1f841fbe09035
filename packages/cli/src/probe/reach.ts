import { cliError } from '../cli-error.js';
import type { Control } from './judge/control.js';
import { type Judgement, safe, unknown } from './judge/verdict.js';
import type { Spot } from './plan.js';
import type { Exchange } from './wire/exchange.js';

/** Through the proxy there must be a way; past it, it is best that there is none. */
export function refuseUnreachable({ vantage, place: { target } }: Spot, came: Exchange): void {
  const option = vantage === 'front' ? 'url' : '--direct';
  if (came.kind === 'tls') {
    throw cliError(
      `${option}: ${target.url} shows no certificate to believe (${came.code}); name its authority with --ca <file>, or take --insecure on a network of your own`,
    );
  }
  if (came.kind !== 'unreachable') return;
  if (vantage === 'direct' && (KEPT_OUT.has(came.code) || NO_WAY.has(came.code))) return;
  throw cliError(
    `${option}: ${target.url} cannot be reached (${came.code}); is it the right address, and is it up?`,
  );
}

/** What a firewall, or a port that nobody listens to, makes of a connection. */
const KEPT_OUT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  // What firewalld and others reject by.
  'EHOSTUNREACH',
]);

/** What this machine says by itself where it has no route to that one. */
const NO_WAY: ReadonlySet<string> = new Set(['ENETUNREACH']);

export function isUnreachable(control: Control | undefined): boolean {
  return control?.exchange.kind === 'unreachable';
}

/** Judges that there was no way past the proxy. */
export function judgeUnreachable(code: string): Judgement {
  return NO_WAY.has(code)
    ? unknown(`no way there from this machine (${code}): try from one in the same network`)
    : safe(`no connection past the proxy (${code})`);
}
