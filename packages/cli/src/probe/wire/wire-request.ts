import { createRequire } from 'node:module';
import { PROBE_HEADER } from '@trusted-header/core/probe';
import type { Attempt } from '../cases/case.js';

/** A request, ready to be written. */
export interface WireRequest {
  readonly protocol: '1.1' | '1.0' | 'h2' | 'h2c';
  readonly method: string;
  readonly target: string;
  readonly authority: string;
  /** All header lines but the host's, as they are written. */
  readonly lines: readonly string[];
  readonly body: string;
  /** A request that goes first on the same connection. */
  readonly before?: WireRequest | undefined;
}

/** What lets the probe in. Neither is ever printed. */
export interface Credentials {
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
}

const { version }: { version: string } = createRequire(import.meta.url)('../../../package.json');

/** Who asks, for whoever reads the proxy's log. */
export const USER_AGENT = `trusted-header-probe/${version}`;

/** Makes a request of a case, with what every request of the probe has. */
export function composeRequest(
  { protocol, method = 'GET', target, lines, body = '' }: Attempt & { target: string },
  authority: string,
  { token, cookie }: Credentials,
): WireRequest {
  const isHttp2 = protocol === 'h2' || protocol === 'h2c';
  const hasConnection = isHttp2 || lines.some((line) => /^connection:/i.test(line));
  return {
    protocol: protocol ?? '1.1',
    method,
    target,
    authority,
    lines: [
      `User-Agent: ${USER_AGENT}`,
      'Accept: */*',
      ...(token === undefined ? [] : [`${PROBE_HEADER}: ${token}`]),
      ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
      ...lines,
      ...(hasConnection ? [] : ['Connection: close']),
    ],
    body,
  };
}

/** The bytes of a request over HTTP/1, one character each. */
export function encodeHttp1({
  protocol,
  method,
  target,
  authority,
  lines,
  body,
}: WireRequest): string {
  const head = [
    `${method} ${target} HTTP/${protocol === '1.0' ? '1.0' : '1.1'}`,
    `Host: ${authority}`,
    ...lines,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
