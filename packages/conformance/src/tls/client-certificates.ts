import {
  type CertificateOptions,
  type MadeCertificate,
  makeCertificate,
} from './make-certificate.js';

/**
 * Which certificate a client shows. The server believes one authority, and cases list `gateway.internal`:
 *
 * - `listed`: of that authority, with that DNS name; `listed-common-name`: as its common name
 * - `unlisted`: of that authority, with another name
 * - `other-authority`, `self-signed`: with that name, signed by somebody else
 * - `expired`, `not-yet-valid`, `for-servers`: of that authority, with that name
 * - `name-with-comma`: of that authority, with a name that looks like two where nobody quotes it (CVE-2021-44532)
 */
export type ClientCertificate =
  | 'listed'
  | 'listed-common-name'
  | 'unlisted'
  | 'other-authority'
  | 'self-signed'
  | 'expired'
  | 'not-yet-valid'
  | 'for-servers'
  | 'name-with-comma';

/** The authority that a server believes, and its own certificate and key. */
export interface ServerSettings {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const GATEWAY: CertificateOptions = { dnsNames: ['gateway.internal'], usage: 'client' };

const OF_THE_AUTHORITY: Readonly<Partial<Record<ClientCertificate, CertificateOptions>>> = {
  listed: GATEWAY,
  'listed-common-name': { commonName: 'gateway.internal', usage: 'client' },
  unlisted: { dnsNames: ['mallory.internal'], usage: 'client' },
  expired: { ...GATEWAY, to: '2021-01-01' },
  'not-yet-valid': { ...GATEWAY, from: '2048-01-01' },
  'for-servers': { ...GATEWAY, usage: 'server' },
  'name-with-comma': { dnsNames: ['mallory.internal, DNS:gateway.internal'], usage: 'client' },
};

const made = new Map<ClientCertificate | 'authority' | 'server', MadeCertificate>();

/** Gives what a server needs that asks for client certificates. Made once in a process. */
export function serverSettings(): ServerSettings {
  const { cert, key } = once('server', () => makeCertificate({ commonName: 'the application' }));
  return { ca: authority().cert, cert, key };
}

/** Gives a client's certificate with its key. */
export function clientCertificate(kind: ClientCertificate): Pick<ServerSettings, 'cert' | 'key'> {
  const { cert, key } = once(kind, () => make(kind));
  return { cert, key };
}

function make(kind: ClientCertificate): MadeCertificate {
  if (kind === 'self-signed') return makeCertificate(GATEWAY);
  if (kind === 'other-authority') {
    return makeCertificate({ commonName: 'another authority', usage: 'authority' }).issue(GATEWAY);
  }
  return authority().issue(OF_THE_AUTHORITY[kind] ?? {});
}

function authority(): MadeCertificate {
  return once('authority', () =>
    makeCertificate({ commonName: 'the authority', usage: 'authority' }),
  );
}

function once(
  kind: ClientCertificate | 'authority' | 'server',
  makeIt: () => MadeCertificate,
): MadeCertificate {
  const one = made.get(kind) ?? makeIt();
  made.set(kind, one);
  return one;
}
