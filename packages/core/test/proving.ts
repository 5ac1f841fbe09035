import {
  type AuthenticatorOptions,
  createAuthenticator,
  type Proof,
  type ProofQuestion,
  type RequestFacts,
  type Verdict,
  withProof,
} from '../src/index.js';

export const PROXY = '172.20.0.2';
export const BOB: Verdict = { kind: 'proven', identity: { user: 'bob', groups: ['ops'] } };
export const HEADER = ['X-Proof', 'good'];
export const REMOTE_BOB = ['Remote-User', 'bob', 'Remote-Groups', 'admin'];

export type Answer = (question: ProofQuestion) => Verdict | Promise<Verdict>;

export function proving(
  answer: Answer,
  proof: Partial<Proof> = {},
  options: Partial<AuthenticatorOptions> = {},
) {
  const questions: ProofQuestion[] = [];
  const inner = createAuthenticator({ trustedProxies: PROXY, log: false, ...options });
  const authenticator = withProof(inner, {
    name: 'assertion',
    headers: ['X-Proof', 'X-Other-Proof'],
    asks: 'claims',
    ...proof,
    prove(question) {
      questions.push(question);
      return answer(question);
    },
  });
  const ask = (rawHeaders: readonly string[], facts: Partial<RequestFacts> = {}) =>
    authenticator.authenticate({ peer: PROXY, rawHeaders, ...facts });
  return { questions, ask, authenticator, inner };
}

export const source = { kind: 'address', address: PROXY };
export const refused = (reason: string, header = 'X-Proof', detail?: string) => ({
  kind: 'refused',
  reason,
  header,
  peer: PROXY,
  ...(detail !== undefined && { detail }),
});
