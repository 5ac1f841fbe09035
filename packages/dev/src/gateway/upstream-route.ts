import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { ProxyServerOptions } from 'httpxy';
import { isLoopbackName, LOOPBACK } from '../loopback.js';

/** How the gateway reaches an application, and from which addresses the application sees it come. */
export interface UpstreamRoute {
  readonly options: Pick<ProxyServerOptions, 'agent' | 'localAddress'>;
  /** What the application must trust; undefined where it is on another machine, and nobody here knows. */
  readonly trustedProxies: string | undefined;
}

/**
 * Finds the way to an application on this machine.
 *
 * A name such as `localhost` is tried as 127.0.0.1 first, and as ::1 only where nothing listens there, whatever the hosts
 * file says: else an application on a dual-stack socket would see ::1, which nobody has told it to trust.
 */
export function routeTo(target: string): UpstreamRoute {
  const { hostname, protocol } = new URL(target);
  // The application sees exactly this address, so that it can be the only one that it trusts.
  if (hostname.startsWith('127.'))
    return { options: { localAddress: LOOPBACK }, trustedProxies: LOOPBACK };
  if (!isLoopbackName(hostname)) return { options: {}, trustedProxies: undefined };
  // In brackets it is a name to the proxy library.
  const addresses = hostname === '[::1]' ? [IPV6_LOOPBACK] : [LOOPBACK, IPV6_LOOPBACK];
  const settings = { keepAlive: true, lookup: lookupFor(addresses), autoSelectFamily: true };
  const agent = protocol === 'https:' ? new TlsAgent(settings) : new Agent(settings);
  return { options: { agent }, trustedProxies: addresses.join() };
}

const IPV6_LOOPBACK = '::1';

function lookupFor(addresses: readonly string[]): LookupFunction {
  return (_name, _options, answer) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }));
    answer(null, all);
  };
}
