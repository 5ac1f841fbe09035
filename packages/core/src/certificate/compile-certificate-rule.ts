import type { ConfigIssue } from '../config/config-error.js';
import { configIssue, isListOf, isObject, unknownNames } from '../config/config-issue.js';
import { FORBIDDEN_NAMES } from '../headers/forbidden-names.js';
import { isToken } from '../headers/is-token.js';
import { asciiLowerCase } from './ascii-lower-case.js';
import type { CertificateFacts, ForwardedCertificate } from './certificate-facts.js';
import { fingerprintFault, nameFault } from './listed-faults.js';
import { isUriName, type ListedCertificates, matchesCertificate } from './matches-certificate.js';
import { normalFingerprint } from './normal-fingerprint.js';
import { xForwardedClientCert } from './x-forwarded-client-cert.js';

/** Which client certificates are the proxy's: any that has one of the names or one of the fingerprints. */
export interface ClientCertificateOptions {
  /**
   * DNS names (`gateway.internal`) and URIs (`spiffe://cluster.local/ns/gateway/sa/gateway`) among a certificate's alternative names,
   * or its common name. Whole names: no wildcards.
   */
  readonly names?: readonly string[];
  /** SHA-256 fingerprints of whole certificates, in hex, with or without colons. */
  readonly fingerprints?: readonly string[];
  /**
   * The header in which a trusted proxy says which certificate *it* has verified. Only for a proxy that removes what clients
   * send under this name: with any other, a client writes its own certificate. Without it, the certificate of the connection counts.
   */
  readonly forwarded?: 'x-forwarded-client-cert' | ForwardedCertificate;
}

/** The compiled options. */
export interface CertificateRule {
  /** Where the certificate is told; undefined: by the TLS layer. */
  readonly forwarded: ForwardedCertificate | undefined;
  /** Tells whether a verified certificate is one of those that are listed. */
  judge(facts: CertificateFacts): boolean;
}

const OPTION = 'clientCertificate';

/**
 * Compiles the option `clientCertificate`, or says everything that is wrong with it.
 *
 * Refuses empty lists (nobody or everybody? T6), wildcards, names that could not be in a certificate as they are written, and
 * fingerprints of another length.
 */
export function compileCertificateRule(
  options: ClientCertificateOptions,
): CertificateRule | { readonly issues: readonly ConfigIssue[] } {
  const issues = issuesOf(options);
  if (issues.length > 0) return { issues };
  const { forwarded } = options;
  const listed = listOf(options);
  return Object.freeze<CertificateRule>({
    forwarded: forwarded === 'x-forwarded-client-cert' ? xForwardedClientCert() : forwarded,
    judge: (facts) => matchesCertificate(listed, facts),
  });
}

function listOf({ names, fingerprints }: ClientCertificateOptions): ListedCertificates {
  const others = names?.filter((name) => !isUriName(name));
  return {
    uris: new Set(names?.filter(isUriName)),
    commonNames: new Set(others),
    dnsNames: new Set(others?.map(asciiLowerCase)),
    fingerprints: new Set(fingerprints?.flatMap((text) => normalFingerprint(text) ?? [])),
  };
}

function issuesOf(options: ClientCertificateOptions): ConfigIssue[] {
  if (!isObject(options) || Array.isArray(options)) {
    const instead = "write { names: ['gateway.internal'] }";
    return [configIssue(OPTION, options, 'is no object', instead)];
  }
  const { names, fingerprints, forwarded } = options;
  const known = ['names', 'fingerprints', 'forwarded'];
  const issues = unknownNames(`${OPTION}.`, options, known);
  if (names === undefined && fingerprints === undefined) {
    const instead = 'name the certificate in names, or list it in fingerprints';
    issues.push(configIssue(OPTION, options, 'lists no certificate', instead));
  }
  if (names !== undefined) issues.push(...listIssues('names', names, nameFault));
  if (fingerprints !== undefined) {
    issues.push(...listIssues('fingerprints', fingerprints, fingerprintFault));
  }
  if (forwarded !== undefined) issues.push(...forwardedIssues(forwarded));
  return issues;
}

function listIssues(
  name: string,
  list: unknown,
  faultOf: (item: unknown) => readonly [problem: string, instead: string] | undefined,
): ConfigIssue[] {
  const option = `${OPTION}.${name}`;
  if (!Array.isArray(list) || list.length === 0) {
    return [
      configIssue(option, list, 'is no list with something in it', 'list one, or leave it out'),
    ];
  }
  // A hole (`['a',,'b']`) is an item, which `map` would pass over.
  return Array.from<unknown>(list).flatMap((item, index) => {
    const fault = faultOf(item);
    return fault ? [configIssue(`${option}[${index}]`, item, ...fault)] : [];
  });
}

function forwardedIssues(forwarded: unknown): ConfigIssue[] {
  if (forwarded === 'x-forwarded-client-cert') return [];
  const option = `${OPTION}.forwarded`;
  if (!isObject(forwarded) || !('read' in forwarded) || typeof forwarded.read !== 'function') {
    const instead = "write 'x-forwarded-client-cert', or what xForwardedClientCert() gives";
    return [configIssue(option, forwarded, 'is no reader of a header', instead)];
  }
  const header = 'header' in forwarded ? forwarded.header : undefined;
  const also = 'alsoStripped' in forwarded ? forwarded.alsoStripped : undefined;
  const issues = isHeader(header) ? [] : [headerIssue(`${option}.header`, header)];
  if (also === undefined || isListOf(also, isHeader)) return issues;
  return [...issues, headerIssue(`${option}.alsoStripped`, also)];
}

function isHeader(name: unknown): boolean {
  return typeof name === 'string' && isToken(name) && !FORBIDDEN_NAMES.has(name.toLowerCase());
}

function headerIssue(option: string, value: unknown): ConfigIssue {
  const instead = 'name the header that the proxy sets, such as X-Forwarded-Client-Cert';
  return configIssue(option, value, 'cannot be such a header', instead);
}
