import {
  anonymous,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
} from './build.js';

const CLAIM = ['Remote-User: alice'];
const options = {
  trustedProxies: [PROXY],
  clientCertificate: { names: ['gateway.internal'] },
};
const ALICE = authenticated({ user: 'alice' });
const INVALID = forbidden('proof-invalid');
const MISSING = forbidden('proof-missing');
const tls = { options, listener: 'tls', lines: CLAIM } as const;

/** The certificate of the connection itself. */
const rows = [
  {
    ...tls,
    id: 'certificate-listed',
    why: 'right authority, listed name (T6)',
    certificate: 'listed',
    expect: ALICE,
  },
  {
    ...tls,
    id: 'certificate-listed-common-name',
    why: 'right authority, listed as its common name (T6)',
    certificate: 'listed-common-name',
    expect: ALICE,
  },
  {
    ...tls,
    id: 'certificate-unlisted',
    why: 'right authority, another name: every workload of a cluster has one (T6)',
    certificate: 'unlisted',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-other-authority',
    why: 'the listed name, signed by somebody else',
    certificate: 'other-authority',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-self-signed',
    why: 'the listed name, signed by nobody else',
    certificate: 'self-signed',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-expired',
    why: 'its time is over',
    certificate: 'expired',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-not-yet-valid',
    why: 'its time has not come',
    certificate: 'not-yet-valid',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-for-servers',
    why: 'it may be shown by servers only (extended key usage)',
    certificate: 'for-servers',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-name-with-comma',
    why: 'one name that looks like two, one of them listed (CVE-2021-44532)',
    certificate: 'name-with-comma',
    expect: INVALID,
  },
  {
    ...tls,
    id: 'certificate-none',
    why: 'none was shown (T6)',
    expect: MISSING,
  },
  {
    ...tls,
    id: 'certificate-from-a-stranger',
    why: 'a listed certificate does not make another address the proxy (T6)',
    peer: STRANGER,
    certificate: 'listed',
    expect: forbidden('peer-untrusted'),
  },
  {
    options,
    id: 'certificate-without-tls',
    why: 'without TLS there is no certificate, whatever headers say (T6)',
    lines: [
      ...CLAIM,
      'X-Client-Cert-Verified: SUCCESS',
      'X-Client-Cert-Subject: CN=gateway.internal',
    ],
    expect: MISSING,
  },
  {
    ...tls,
    id: 'certificate-claims-nothing',
    why: 'it says which proxy, and not which user',
    certificate: 'listed',
    lines: [],
    path: '/public',
    expect: anonymous(true),
  },
  {
    ...tls,
    id: 'certificate-missing-of-nobody',
    why: 'who claims nothing is anonymous, and has not come through the proxy',
    lines: [],
    path: '/public',
    expect: anonymous(false),
  },
] as const;

const HASH = '468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688';
const XFCC = 'X-Forwarded-Client-Cert';
const GATEWAY = `Hash=${HASH};URI=spiffe://a/x;DNS=gateway.internal`;
const forwarded = {
  options: {
    trustedProxies: [PROXY],
    clientCertificate: { names: ['gateway.internal'], forwarded: 'x-forwarded-client-cert' },
  },
} as const;

/** The certificate that a trusted proxy says it has verified. */
const forwardedRows = [
  {
    ...forwarded,
    id: 'forwarded-certificate-listed',
    why: 'Envoy has verified it, and says so (V1)',
    lines: [...CLAIM, `${XFCC}: ${GATEWAY}`],
    expect: ALICE,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-unlisted',
    why: 'every workload of a mesh has one (V1)',
    lines: [...CLAIM, `${XFCC}: Hash=${HASH};DNS=mallory.internal`],
    expect: INVALID,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-none',
    why: 'nothing verified (V1)',
    lines: CLAIM,
    expect: MISSING,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-appended',
    why: 'where a proxy appends, what stands before is the client’s own text (V1)',
    lines: [...CLAIM, `${XFCC}: ${GATEWAY},Hash=${HASH};DNS=mallory.internal`],
    expect: INVALID,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-prepended',
    why: 'another number of elements than stated (V1)',
    lines: [...CLAIM, `${XFCC}: Hash=${HASH};DNS=mallory.internal,${GATEWAY}`],
    expect: INVALID,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-twice',
    why: 'a client adds its own line (H2)',
    lines: [...CLAIM, `${XFCC}: Hash=${HASH};DNS=mallory.internal`, `${XFCC}: ${GATEWAY}`],
    expect: forbidden('header-repeated'),
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-quote-inside',
    why: 'a quote that opens inside a value hides the true name (V1)',
    lines: [...CLAIM, `${XFCC}: Subject=x";DNS=mallory.internal;URI=";DNS=gateway.internal`],
    expect: INVALID,
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-alias',
    why: 'CGI-like servers read both as one (H3)',
    lines: [...CLAIM, `${XFCC}: ${GATEWAY}`, `X_Forwarded_Client_Cert: ${GATEWAY}`],
    expect: forbidden('header-ambiguous'),
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-from-a-stranger',
    why: 'anybody can write such a header (V1)',
    peer: STRANGER,
    lines: [...CLAIM, `${XFCC}: ${GATEWAY}`],
    expect: forbidden('peer-untrusted'),
  },
  {
    ...forwarded,
    id: 'forwarded-certificate-not-of-the-connection',
    why: 'where a header is to say it, the proxy’s own certificate says nothing',
    listener: 'tls',
    certificate: 'listed',
    lines: CLAIM,
    expect: MISSING,
  },
] as const;

export const certificates: ConformanceGroup = {
  title: 'a client certificate beside the address',
  cases: [
    ...rows.map(toCase),
    {
      id: 'certificate-of-the-whole-connection',
      why: 'a certificate belongs to its connection, and to every request on it',
      options,
      listener: 'tls',
      conversations: [
        {
          ...from(
            PROXY,
            { send: { lines: CLAIM }, expect: ALICE },
            { send: { lines: ['Remote-User: bob'] }, expect: authenticated({ user: 'bob' }) },
          ),
          certificate: 'listed',
        },
        from(PROXY, { send: { lines: CLAIM }, expect: MISSING }),
      ],
    },
    ...forwardedRows.map(toCase),
  ],
};
