import type { ProxyName } from '../proxy-config/proxy-names.js';
import { type Answer, valuesOf } from './wire/exchange.js';

/** What programs call themselves in `Server` and `Via`. Traefik and HAProxy do not. */
const MARKS: readonly (readonly [pattern: RegExp, name: ProxyName])[] = [
  [/caddy/i, 'caddy'],
  [/^(?:nginx|openresty|freenginx|angie)/i, 'nginx'],
  [/^apache/i, 'apache'],
  [/^istio-envoy/i, 'istio'],
  [/^envoy/i, 'envoy'],
  [/haproxy/i, 'haproxy-lua'],
];

/** Guesses the proxy from an answer. Only a name that we know comes out of it, never what the server has sent. */
export function guessProxy(answer: Answer): ProxyName | undefined {
  const texts = [...valuesOf(answer, 'via'), ...valuesOf(answer, 'server')];
  return MARKS.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}
