import { describe, expect, it } from '@jest/globals';
import { refusalLine } from '../src/authenticator/refusal-line.js';
import { createAuthenticator, type RefusalReason, type Verdict } from '../src/index.js';
import { BOB, HEADER, PROXY, proving } from './proving.js';

describe('the log line of a claim without a good proof (D3)', () => {
  it.each<[reason: RefusalReason, line: string]>([
    [
      'proof-missing',
      'sent identity headers without the proof that is asked for beside its address, X-Proof (why); if it is your proxy, make it send that; if not, something else that can connect from there tried to name a user',
    ],
    [
      'proof-invalid',
      'sent identity headers with a proof that is not right, X-Proof (why); compare what the proxy sends with sharedSecret or clientCertificate; if it is not your proxy, something else that can connect from there tried to name a user',
    ],
    [
      'proof-unavailable',
      'sent a request about which nobody could be asked, X-Proof (why); see that what answers runs and can be reached; such requests get 503 until then',
    ],
    [
      'assertion-missing',
      'sent identity headers without the assertion X-Proof (why); make the proxy send it; until then anybody who can connect from there could name a user',
    ],
    [
      'assertion-malformed',
      'sent an assertion in X-Proof that is no signed token in its compact form (why); see that the proxy sets this header itself, from the identity provider’s answer',
    ],
    [
      'assertion-algorithm',
      'sent an assertion in X-Proof with an algorithm that is not allowed (why); if the provider has changed its signing key, say so in algorithms; nothing else may choose it',
    ],
    [
      'assertion-key-unknown',
      'sent an assertion in X-Proof that none of the provider’s keys has signed (why); see that the keys’ address is that of this provider, and of this application there',
    ],
    [
      'assertion-signature',
      'sent an assertion in X-Proof whose signature does not hold (why); it is forged or was changed on its way; if it was not, the keys are not this provider’s',
    ],
    [
      'assertion-foreign',
      'sent an assertion in X-Proof that is not for this application (why); compare issuer and audience (at AWS: signer) with what the provider says',
    ],
    [
      'assertion-expired',
      'sent an assertion in X-Proof outside its time (why); see that the clocks of both machines are right, and that the proxy renews the assertion',
    ],
    [
      'assertion-subject',
      'sent an assertion in X-Proof that names nobody whom the application can have (why); say which claim is the user; service tokens name nobody unless they are mapped',
    ],
    [
      'assertion-mismatch',
      "sent an assertion in X-Proof for somebody else than its identity headers name (why); make the proxy delete the client's copies of identity headers, or say in the options that the assertion replaces them",
    ],
    [
      'assertion-unavailable',
      'sent an assertion in X-Proof while there are no keys to verify it with (why); see that the address of the keys can be reached from here; such requests get 503 until then',
    ],
  ])('says for %s what happened and what to change: %s', async (reason, line) => {
    const lines: string[] = [];
    const verdict: Verdict = { kind: 'refused', reason, detail: 'why' };
    await proving(() => verdict, {}, { log: (text) => lines.push(text) }).ask(HEADER);
    expect(lines).toEqual([`trusted-header: peer 172.20.0.2 ${line}`]);
  });

  it('names no header of a certificate, which comes in none', () => {
    const lines: string[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      clientCertificate: { names: ['proxy'] },
      log: (text) => lines.push(text),
    });
    authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'john'] });
    expect(lines).toEqual([
      'trusted-header: peer 172.20.0.2 sent identity headers without the proof that is asked for beside its address (no client certificate); if it is your proxy, make it send that; if not, something else that can connect from there tried to name a user',
    ]);
  });

  it.each([
    ['proof-unavailable', 'sent a request about which nobody could be asked; '],
    ['assertion-missing', 'sent identity headers without the assertion; '],
    ['assertion-expired', 'sent an assertion outside its time; '],
    ['assertion-unavailable', 'sent an assertion while there are no keys to verify it with; '],
  ] as const)('is a sentence without a header as well: %s', (reason, says) => {
    expect(refusalLine({ kind: 'refused', reason, peer: PROXY })).toContain(
      `peer 172.20.0.2 ${says}`,
    );
  });

  it('says what a proof that breaks leaves unsaid', async () => {
    const lines: string[] = [];
    const broken: Verdict = Object.defineProperty({ ...BOB }, 'kind', {
      get: () => JSON.parse('{'),
    });
    const proof = { unavailable: 'assertion-unavailable' } as const;
    await proving(() => broken, proof, { log: (text) => lines.push(text) }).ask(HEADER);
    expect(lines).toEqual([
      'trusted-header: peer 172.20.0.2 sent an assertion while there are no keys to verify it with; see that the address of the keys can be reached from here; such requests get 503 until then',
    ]);
  });
});
