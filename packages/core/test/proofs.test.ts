import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  type CertificateFacts,
  createAuthenticator,
  type RequestFacts,
  xForwardedClientCert,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const OLD = 'old-secret-0123456789abcdefghijklm';
const NEW = 'new-secret-0123456789abcdefghijklm';
const ALICE = ['Remote-User', 'alice'];

function deciding(options: Partial<AuthenticatorOptions>) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const authenticator = createAuthenticator({ trustedProxies: PROXY, log, ...options });
  const decide = (rawHeaders: readonly string[], facts: Partial<RequestFacts> = {}) =>
    authenticator.authenticate({ peer: PROXY, rawHeaders, ...facts });
  return { authenticator, decide, lines };
}

const header = 'X-Proxy-Secret';
const secrets = { sharedSecret: { header, values: [NEW, OLD] } };

describe('sharedSecret', () => {
  it.each([
    ['the new value', [header, NEW]],
    ['the old value', ['x-proxy-secret', ` ${OLD}\t`]],
  ])('believes a claim with %s', (_name, lines) => {
    expect(deciding(secrets).decide([...ALICE, ...lines])).toMatchObject({ kind: 'authenticated' });
  });

  it.each([
    ['none', [], 'proof-missing'],
    ['an empty one', [header, ''], 'proof-missing'],
    ['another of the same length', [header, NEW.replace(/.$/, 'x')], 'proof-invalid'],
    ['the beginning', [header, NEW.slice(0, -1)], 'proof-invalid'],
    ['more than it', [header, `${NEW}x`], 'proof-invalid'],
    ['another case', [header, NEW.toUpperCase()], 'proof-invalid'],
    ['both in one line', [header, `${NEW}, ${NEW}`], 'proof-invalid'],
    ['two right lines', [header, NEW, header, NEW], 'header-repeated'],
    ['a right and an empty line', [header, NEW, header, ''], 'header-repeated'],
    ['it under an alias only', ['X_Proxy_Secret', NEW], 'proof-missing'],
    ['it beside an alias', [header, NEW, 'X_Proxy_Secret', NEW], 'header-ambiguous'],
    ['it and Connection', [header, NEW, 'Connection', header], 'header-hop-by-hop'],
  ])('refuses a claim with %s', (_name, lines, reason) => {
    const { decide } = deciding(secrets);
    expect(decide([...ALICE, ...lines])).toMatchObject({ kind: 'refused', reason, header });
  });

  it('is no claim, and without it nobody comes through the proxy', () => {
    const { decide } = deciding(secrets);
    expect(decide([header, NEW])).toEqual({ kind: 'anonymous', trusted: true });
    expect(decide([header, OLD.replace(/^o/, 'x')])).toEqual({ kind: 'anonymous', trusted: false });
    expect(decide([])).toEqual({ kind: 'anonymous', trusted: false });
    expect(decide([header, NEW], { peer: '172.20.0.9' })).toEqual({
      kind: 'anonymous',
      trusted: false,
    });
  });

  it('counts for nothing from an untrusted address', () => {
    const { decide } = deciding(secrets);
    expect(decide([...ALICE, header, NEW], { peer: '172.20.0.9' })).toMatchObject({
      reason: 'peer-untrusted',
    });
  });

  it('is refused also where claims of untrusted peers are ignored: the address is trusted', () => {
    const { decide } = deciding({ ...secrets, untrusted: 'ignore' });
    expect(decide(ALICE)).toMatchObject({ kind: 'refused', reason: 'proof-missing' });
  });

  it('comes before all that a claim says', () => {
    const { decide } = deciding(secrets);
    expect(decide(['Remote-User', 'a', 'Remote-User', 'b'])).toMatchObject({
      reason: 'proof-missing',
    });
    expect(decide(['Remote-Groups', 'a'])).toMatchObject({ reason: 'proof-missing' });
  });

  it('is hidden, under aliases too', () => {
    const { isIdentityHeader } = deciding(secrets).authenticator;
    expect(['X-Proxy-Secret', 'x_proxy.secret', 'X-Proxy'].map(isIdentityHeader)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is in no line for the operator', () => {
    const { decide, lines } = deciding(secrets);
    decide([...ALICE, header, `${NEW}x`]);
    decide(ALICE);
    expect(lines).toEqual([
      `trusted-header: peer ${PROXY} sent identity headers with a proof that is not right, X-Proxy-Secret; compare what the proxy sends with sharedSecret or clientCertificate; if it is not your proxy, something else that can connect from there tried to name a user`,
      `trusted-header: peer ${PROXY} sent identity headers without the proof that is asked for beside its address, X-Proxy-Secret; if it is your proxy, make it send that; if not, something else that can connect from there tried to name a user`,
    ]);
  });

  it('can be replaced while the application runs, and stays on a mistake', () => {
    const { authenticator, decide } = deciding(secrets);
    expect(() => authenticator.setProofs({ sharedSecret: { values: ['short'] } })).toThrow(
      'is shorter than 32 characters',
    );
    expect(decide([...ALICE, header, OLD])).toMatchObject({ kind: 'authenticated' });
    const values = [NEW];
    authenticator.setProofs({ sharedSecret: { values } });
    values[0] = OLD;
    expect(decide([...ALICE, header, OLD])).toMatchObject({ reason: 'proof-invalid' });
    expect(decide([...ALICE, header, NEW])).toMatchObject({ kind: 'authenticated' });
    const message =
      'proofs: undefined were not asked for at start; give sharedSecret or clientCertificate to createAuthenticator';
    expect(() => deciding({}).authenticator.setProofs({ sharedSecret: { values } })).toThrow(
      expect.objectContaining({ code: 'option-invalid', message }),
    );
  });

  it.each([
    [
      { clientCertificate: { names: ['a'] } },
      'clientCertificate: "clientCertificate" was not asked for at start; give it to createAuthenticator',
    ],
    [{}, 'proofs: "object" changes nothing; write { sharedSecret: { values: [ … ] } }'],
    [null, 'proofs: "object" changes nothing; write { sharedSecret: { values: [ … ] } }'],
    [{ secret: { values: [NEW] } }, /^secret: "secret" is not a setting/],
    [
      { sharedSecret: null },
      /^sharedSecret: "object" is no secret with its header; write \{ header/,
    ],
    [{ sharedSecret: '' }, /^sharedSecret: "string" is no secret with its header; /],
    [{ sharedSecret: { values: undefined } }, /^sharedSecret\.values: "undefined" is no list /],
    // Nobody would look there.
    [
      { sharedSecret: { header: 'X-Other', values: [NEW] } },
      'sharedSecret.header: "X-Other" cannot be changed; leave it out',
    ],
    [
      { sharedSecret: { header: null, values: [NEW] } },
      'sharedSecret.header: null cannot be changed; leave it out',
    ],
  ])('is not replaced by %j', (changes, message) => {
    const { authenticator, decide } = deciding(secrets);
    const change = () => Reflect.apply(authenticator.setProofs, undefined, [changes]);
    expect(change).toThrow(message);
    expect(change).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    expect(decide([...ALICE, header, OLD])).toMatchObject({ kind: 'authenticated' });
  });

  it('is not asked for later where it was not asked for at start', () => {
    const { authenticator } = deciding({ clientCertificate: { names: ['a'] } });
    expect(() => authenticator.setProofs({ sharedSecret: { values: [NEW] } })).toThrow(
      'sharedSecret: "sharedSecret" was not asked for at start; give it to createAuthenticator',
    );
  });

  it('is what it was at start, whatever becomes of the options that it came in', () => {
    const given: AuthenticatorOptions = { trustedProxies: PROXY, log: false, ...secrets };
    const { setProofs } = createAuthenticator(given);
    Object.assign(given, { sharedSecret: undefined, clientCertificate: { names: ['a'] } });
    expect(() => setProofs({ clientCertificate: { names: ['b'] } })).toThrow(
      'clientCertificate: "clientCertificate" was not asked for at start',
    );
    expect(() => setProofs(secrets)).not.toThrow();
  });

  it('stays what it was at start, whatever becomes of the list that it came in', () => {
    const values = [NEW];
    const { decide } = deciding({ sharedSecret: { header, values } });
    values[0] = OLD;
    expect(decide([...ALICE, header, OLD])).toMatchObject({ reason: 'proof-invalid' });
  });

  it.each([
    [{ header, values: [] }, 'sharedSecret.values: "object" is no list with a value in it'],
    [{ header, values: 'x'.repeat(40) }, 'sharedSecret.values: "string" is no list'],
    [{ header, values: ['x'.repeat(31)] }, 'values[0]: "31 characters" is shorter than 32'],
    [
      { header, values: [NEW, undefined] },
      'values[1]: "undefined" is not a string; set the environment variable that it comes from',
    ],
    [
      { header, values: [''] },
      'values[0]: "" is empty; set the environment variable that it comes from',
    ],
    [{ header, values: [`${NEW} `] }, 'holds spaces, or characters that are not printable ASCII'],
    [{ header, values: [`${NEW}ü`] }, 'holds spaces, or characters that are not printable ASCII'],
    [{ header, values: [`ü${NEW}`] }, 'holds spaces, or characters that are not printable ASCII'],
    [{ header, values: [NEW, 7] }, '"number" is not a string; make one with openssl rand -hex 32'],
    [{ header: 'Cookie', values: [NEW] }, 'sharedSecret.header: "Cookie" has a meaning of its own'],
    [
      { header: 'Remote_User', values: [NEW] },
      'proof: "Remote_User" is the header of another value too; give each a header of its own',
    ],
    [{ header, values: [NEW], value: NEW }, 'sharedSecret.value: "value" is not a setting'],
    [
      NEW,
      'sharedSecret: "string" is no secret with its header; write { header: \'X-Proxy-Secret\', values: [process.env.PROXY_SECRET] }',
    ],
  ])('is refused at start where it protects nothing: %#', (sharedSecret, text) => {
    const options = JSON.parse(JSON.stringify({ trustedProxies: PROXY, sharedSecret }));
    // JSON has no undefined.
    if (text.includes('undefined')) options.sharedSecret.values[1] = undefined;
    expect(() => createAuthenticator(options)).toThrow(text);
    expect(() => createAuthenticator(options)).not.toThrow(NEW);
  });
});

const GATEWAY = 'spiffe://cluster.local/ns/gateway/sa/gateway';
const certificate: CertificateFacts = { uris: [GATEWAY] };

describe('clientCertificate', () => {
  const options = { clientCertificate: { names: [GATEWAY] } };

  it('believes a claim with a listed certificate', () => {
    const { decide } = deciding(options);
    expect(decide(ALICE, { clientCertificate: () => certificate })).toMatchObject({
      kind: 'authenticated',
    });
  });

  it.each<[string, Partial<RequestFacts>, string, string]>([
    ['none', {}, 'proof-missing', 'no client certificate'],
    [
      'none that was verified',
      { clientCertificate: () => undefined },
      'proof-missing',
      'no client certificate',
    ],
    [
      'one of another name',
      { clientCertificate: () => ({ uris: [`${GATEWAY}2`] }) },
      'proof-invalid',
      'its names and its fingerprint are not listed',
    ],
    [
      'one that has expired',
      { certificateError: 'CERT_HAS_EXPIRED' },
      'proof-invalid',
      'the TLS layer did not verify it: CERT_HAS_EXPIRED',
    ],
    [
      'an odd error',
      { certificateError: 'a\nb' },
      'proof-invalid',
      'the TLS layer did not verify it',
    ],
    [
      'an error behind an odd one',
      { certificateError: 'a\nCERT_HAS_EXPIRED' },
      'proof-invalid',
      'the TLS layer did not verify it',
    ],
    [
      'an error before an odd one',
      { certificateError: 'CERT_HAS_EXPIRED\nb' },
      'proof-invalid',
      'the TLS layer did not verify it',
    ],
    [
      'one that cannot be read',
      { clientCertificate: () => JSON.parse('{') },
      'proof-missing',
      'no client certificate',
    ],
    [
      'text in its place',
      { clientCertificate: () => JSON.parse('"yes"') },
      'proof-missing',
      'no client certificate',
    ],
  ])('refuses a claim with %s', (_name, facts, reason, detail) => {
    const { decide } = deciding(options);
    expect(decide(ALICE, facts)).toEqual({ kind: 'refused', reason, detail, peer: PROXY });
  });

  it('is asked for over a Unix socket, too', () => {
    const { decide } = deciding({ ...options, trustedProxies: 'unix:/run/app.sock' });
    const facts = { peer: undefined, unixSocket: '/run/app.sock' };
    expect(decide(ALICE, facts)).toMatchObject({ reason: 'proof-missing' });
    expect(decide(ALICE, { ...facts, clientCertificate: () => certificate })).toMatchObject({
      kind: 'authenticated',
    });
  });

  it('does not believe what is on Object.prototype', () => {
    const { authenticate } = deciding(options).authenticator;
    const polluted = Object.create({ clientCertificate: () => certificate });
    const facts = Object.assign(polluted, { peer: PROXY, rawHeaders: ALICE });
    expect(authenticate(facts)).toMatchObject({ reason: 'proof-missing' });
  });

  it('is not asked for where nothing is claimed', () => {
    const { decide } = deciding(options);
    expect(decide([], { clientCertificate: () => JSON.parse('{') })).toEqual({
      kind: 'anonymous',
      trusted: false,
    });
  });

  it.each([[null], [false], [0], ['']])('is no option where it is %j', (nothing) => {
    const clientCertificate = JSON.parse(JSON.stringify(nothing));
    const message = expect.stringMatching(/^clientCertificate: \S+ is no object; /);
    const error = expect.objectContaining({ code: 'option-invalid', message });
    expect(() => deciding({ clientCertificate })).toThrow(error);
    expect(() => deciding({ clientCertificate, ...secrets })).toThrow(error);
    const { authenticator } = deciding(options);
    expect(() => authenticator.setProofs({ clientCertificate })).toThrow(error);
  });

  it('is asked for beside a secret, and both must hold', () => {
    const { decide } = deciding({ ...options, ...secrets });
    const facts = { clientCertificate: () => certificate };
    expect(decide(ALICE, facts)).toMatchObject({ reason: 'proof-missing', header });
    expect(decide([...ALICE, header, NEW])).toMatchObject({ detail: 'no client certificate' });
    expect(decide([...ALICE, header, NEW], facts)).toMatchObject({ kind: 'authenticated' });
  });

  it('can be replaced while the application runs', () => {
    const { authenticator, decide } = deciding(options);
    authenticator.setProofs({ clientCertificate: { names: ['other'] } });
    expect(decide(ALICE, { clientCertificate: () => certificate })).toMatchObject({
      reason: 'proof-invalid',
    });
    expect(() => authenticator.setProofs({ clientCertificate: { names: [] } })).toThrow(
      'is no list with something in it',
    );
    expect(decide(ALICE, { clientCertificate: () => ({ dnsNames: ['other'] }) })).toMatchObject({
      kind: 'authenticated',
    });
  });

  it('is told where it was told at start', () => {
    const { authenticator } = deciding({ ...options, ...secrets });
    const forwarded = 'x-forwarded-client-cert';
    const changed = { names: ['other'], forwarded } as const;
    const message =
      'clientCertificate.forwarded: "x-forwarded-client-cert" cannot be changed; leave it out';
    expect(() => authenticator.setProofs({ clientCertificate: changed })).toThrow(
      expect.objectContaining({ code: 'option-invalid', message }),
    );
    const same = { clientCertificate: changed, sharedSecret: { header, values: [NEW] } };
    expect(() => deciding(same).authenticator.setProofs(same)).not.toThrow();
  });

  it('is told by a reader that is made anew with each change, but not by another', () => {
    const made = (elements: number) => ({
      clientCertificate: { names: ['a'], forwarded: xForwardedClientCert({ elements }) },
    });
    const { authenticator } = deciding(made(2));
    expect(() => authenticator.setProofs(made(2))).not.toThrow();
    expect(() => authenticator.setProofs(made(1))).toThrow(
      'clientCertificate.forwarded: {"header":"X-Forwarded-Client-Cert"} cannot be changed',
    );
  });
});

describe('a forwarded certificate', () => {
  const xfcc = 'X-Forwarded-Client-Cert';
  const options: Partial<AuthenticatorOptions> = {
    clientCertificate: { names: [GATEWAY], forwarded: 'x-forwarded-client-cert' },
  };

  it.each([
    ['the gateway’s', [xfcc, `By=spiffe://b;URI=${GATEWAY}`], undefined],
    ['none', [], 'proof-missing'],
    ['somebody else’s', [xfcc, 'URI=spiffe://cluster.local/ns/x/sa/mallory'], 'proof-invalid'],
    ['two lines', [xfcc, `URI=${GATEWAY}`, xfcc, `URI=${GATEWAY}`], 'header-repeated'],
    ['two elements', [xfcc, `URI=spiffe://x,URI=${GATEWAY}`], 'proof-invalid'],
    ['an unreadable one', [xfcc, 'URI'], 'proof-invalid'],
  ])('is judged by its header: %s', (_name, lines, reason) => {
    const { decide } = deciding(options);
    // The connection's own does not count.
    const decision = decide([...ALICE, ...lines], { clientCertificate: () => certificate });
    expect(decision).toMatchObject(reason === undefined ? { kind: 'authenticated' } : { reason });
  });

  it('tells what is wrong with it', () => {
    const detailOf = (line: string, more: object = options) => {
      const decision = deciding(more).decide([...ALICE, xfcc, line]);
      return decision.kind === 'refused' ? [decision.reason, decision.detail] : decision.kind;
    };
    expect(detailOf('URI')).toEqual(['proof-invalid', 'it cannot be read one way only']);
    expect(detailOf('URI=spiffe://b')).toEqual([
      'proof-invalid',
      'its names and its fingerprint are not listed',
    ]);
    const read = () => JSON.parse('{');
    const forwarded = { ...xForwardedClientCert(), read };
    const failing = { clientCertificate: { names: [GATEWAY], forwarded } };
    expect(detailOf('URI=spiffe://b', failing)).toEqual(['proof-invalid', 'it cannot be read']);
  });

  it('is hidden, and what comes beside it', () => {
    expect(deciding(options).authenticator.isIdentityHeader('x_forwarded-client-cert')).toBe(true);
    const forwarded = { ...xForwardedClientCert(), alsoStripped: ['X-Chain'] };
    const { authenticator } = deciding({ clientCertificate: { names: [GATEWAY], forwarded } });
    expect(['x_chain', 'X-Chain-2'].map(authenticator.isIdentityHeader)).toEqual([true, false]);
  });

  it('is no claim', () => {
    const { decide } = deciding(options);
    expect(decide([xfcc, `URI=${GATEWAY}`])).toEqual({ kind: 'anonymous', trusted: true });
  });

  it('is asked for beside a secret, and neither is taken for what an identity says', () => {
    const { decide } = deciding({ ...options, ...secrets });
    const claim = [...ALICE, 'Remote-Email', 'alice@example.com'];
    const proofs = [xfcc, `URI=${GATEWAY}`, header, NEW];
    expect(decide([...claim, ...proofs])).toMatchObject({
      identity: { user: 'alice', email: 'alice@example.com' },
    });
    expect(decide([...claim, ...proofs.slice(0, 2)])).toMatchObject({ reason: 'proof-missing' });
    expect(decide([...claim, ...proofs.slice(2)])).toMatchObject({ reason: 'proof-missing' });
  });
});
