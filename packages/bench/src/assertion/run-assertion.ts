import { withAssertion } from '@trusted-header/assertion';
import { createAuthenticator } from '@trusted-header/core';
import { asReceived } from '../as-received.js';
import { makeRequest } from '../decision/requests.js';
import { inTurn } from '../in-turn.js';
import type { AssertionRow } from '../results.js';
import type { Settings } from '../settings.js';
import { makeSubject, type Subject } from './tokens.js';

const PROXY = '172.20.0.2';

/** Something that takes its time. */
interface Variant {
  readonly name: string;
  readonly run: () => unknown;
}

/** What a signature costs, beside the decision without one, and beside jose alone. */
export async function runAssertion(settings: Settings): Promise<readonly AssertionRow[]> {
  const subjects = [await makeSubject('ES256'), await makeSubject('RS256')];
  const variants = [plainDecision(), ...(await Promise.all(subjects.map(variantsOf))).flat()];
  return measureInTurn(variants, settings);
}

function plainDecision(): Variant {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
  const next = inTurn(Array.from({ length: 100 }, (_, i) => makeRequest(i, PROXY)));
  return { name: 'the decision, without an assertion', run: () => authenticate(next()) };
}

async function variantsOf({ alg, tokens, jose, verifier }: Subject): Promise<readonly Variant[]> {
  const texts = inTurn(tokens);
  const requests = inTurn(
    tokens.map((token, i) => {
      const { peer, rawHeaders } = makeRequest(i, PROXY);
      return { peer, rawHeaders: [...rawHeaders, 'X-Jwt', asReceived(token)] };
    }),
  );
  const inner = () => createAuthenticator({ trustedProxies: PROXY, log: false });
  const first = withAssertion(inner(), await verifier({ subject: 'replace', remember: 0 }));
  const again = withAssertion(inner(), await verifier({ subject: 'replace' }));
  return [
    { name: `${alg}: jose's jwtVerify alone`, run: () => jose(texts()) },
    {
      name: `${alg}: the decision, a token for the first time`,
      run: () => first.authenticate(requests()),
    },
    {
      name: `${alg}: the decision, a token of before`,
      run: () => again.authenticate(requests()),
    },
  ];
}

/**
 * Measures one after the other, in turn, each operation waited for. The fastest batch counts: WebCrypto works in another thread, so that
 * whatever else the machine does makes half of the batches longer.
 */
async function measureInTurn(
  variants: readonly Variant[],
  { cpuMs, rounds }: Settings,
): Promise<readonly AssertionRow[]> {
  const best = variants.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= 2 * rounds; round++) {
    for (const [i, { run }] of variants.entries()) {
      best[i] = Math.min(best[i] ?? 0, await fastestOf(run, 2 * cpuMs));
    }
  }
  return variants.map(({ name }, i) => ({ name, ns: best[i] ?? 0 }));
}

const BATCH = 20;

async function fastestOf(run: () => unknown, ms: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  const end = performance.now() + ms;
  for (let batches = 0; batches < 5 || performance.now() < end; batches++) {
    const start = performance.now();
    for (let i = 0; i < BATCH; i++) await run();
    fastest = Math.min(fastest, ((performance.now() - start) * 1e6) / BATCH);
  }
  return fastest;
}
