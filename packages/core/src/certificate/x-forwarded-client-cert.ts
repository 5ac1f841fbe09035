import { ConfigError } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import type { ForwardedCertificate } from './certificate-facts.js';
import { readXfcc } from './read-xfcc.js';

/** More proxies than this in a row are a mistake in the configuration. */
const MOST_ELEMENTS = 16;

/**
 * Reads which client certificate Envoy (Istio, Envoy Gateway, Contour) has verified, from its header `X-Forwarded-Client-Cert`.
 *
 * Exactly one element is believed, which is what `forward_client_cert_details: SANITIZE_SET` sends. Where proxies append
 * (`APPEND_FORWARD`), state how many elements there are when nobody has forged any: the last one counts.
 *
 * Names rest on your certificate authority: Envoy does not quote them, so that a certificate whose URI is
 * `spiffe://a/gateway;DNS=x` looks like one of `spiffe://a/gateway`. Where it might sign such a name, list fingerprints.
 *
 * @param options `elements`: from 1 to 16.
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * import { createAuthenticator, xForwardedClientCert } from '@trusted-header/core';
 *
 * createAuthenticator({
 *   trustedProxies: '127.0.0.6',
 *   clientCertificate: {
 *     names: ['spiffe://cluster.local/ns/gateway/sa/gateway'],
 *     forwarded: xForwardedClientCert({ elements: 2 }),
 *   },
 * });
 * ```
 */
export function xForwardedClientCert(
  options: { readonly elements?: number } = {},
): ForwardedCertificate {
  const { elements = 1 } = checkOptions(options);
  const earlier = readers.get(elements);
  if (earlier) return earlier;
  const reader = Object.freeze({
    header: 'X-Forwarded-Client-Cert',
    read: (value: string) => readXfcc(value, elements),
  });
  readers.set(elements, reader);
  return reader;
}

/** One for each number of elements, so that `setProofs` sees that it is the same. */
const readers = new Map<number, ForwardedCertificate>();

function checkOptions(options: { readonly elements?: number }): { readonly elements?: number } {
  const issues = isObject(options)
    ? unknownNames('', options, ['elements'])
    : [configIssue('options', options, 'is no options object', 'write { elements: 2 }')];
  const elements = isObject(options) ? options.elements : undefined;
  if (elements !== undefined && !isCount(elements)) {
    const instead = `write how many proxies append to the header, from 1 to ${MOST_ELEMENTS}`;
    issues.push(configIssue('elements', elements, 'is no number of elements', instead));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  return options;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_ELEMENTS;
}
