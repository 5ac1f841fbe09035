import type { Verdict } from '@trusted-header/core';
import { checkAudience, checkIssuer } from '../claims/check-origin.js';
import { checkTimes } from '../claims/check-times.js';
import { readSubject } from '../claims/read-subject.js';
import { checkHeader } from '../compact/check-header.js';
import { type CompactToken, MOST_CHARACTERS, readCompact } from '../compact/read-compact.js';
import { createKeyStore } from '../keys/create-key-store.js';
import { checkProvider } from '../providers/check-provider.js';
import type { AssertionProvider } from '../providers/provider.js';
import { type RefusedVerdict, refused } from '../refused.js';
import { type Environment, realEnvironment } from './environment.js';
import { createMemo, type Verified } from './memo.js';
import { compileTell, type Notify } from './tell.js';
import type { Verifier } from './verifier.js';
import { checkVerifierOptions, type VerifierOptions } from './verifier-options.js';
import { type Payload, verifySignature } from './verify-signature.js';

/** What was signed, and by keys of which mark. */
type Signed = Payload & { readonly mark: number };

/**
 * Makes a verifier, with clocks and exchanges of a test, and with another place for lines.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function makeVerifier(
  provider: AssertionProvider,
  options: VerifierOptions = {},
  environment: Environment = realEnvironment,
  notify?: Notify,
): Verifier {
  checkVerifierOptions(options);
  checkProvider(provider, options.allowPlainHttpKeysFromLoopback === true);
  const { maxStaleSeconds = 86_400, remember = 1_000, subject = 'equal' } = options;
  const tell = compileTell(provider.name, options, notify);
  const keys = createKeyStore(provider, 1_000 * maxStaleSeconds, environment, tell);
  const memo = createMemo(environment.now, keys.mark, remember);
  const verifying = new Map<string, Promise<Verdict>>();
  void keys.ready();

  return { provider, verify, ready: keys.ready };

  async function verify(token: string): Promise<Verdict> {
    // Before it is even a key of the memo.
    if (token.length > MOST_CHARACTERS) return judge(token);
    const earlier = memo.get(token);
    if (earlier) return earlier.verdict;
    const running = verifying.get(token);
    if (running) return running;
    const run = judge(token).finally(() => verifying.delete(token));
    verifying.set(token, run);
    return run;
  }

  async function judge(token: string): Promise<Verdict> {
    const read = readCompact(token, provider.padded);
    if ('problem' in read) return refused('assertion-malformed', read.problem);
    const verified = await judgeToken(read);
    if ('kind' in verified) return verified;
    memo.set(token, verified);
    return verified.verdict;
  }

  async function judgeToken(token: CompactToken): Promise<Verdict | Verified> {
    const { header } = token;
    const wrong = checkHeader(header, provider);
    if (wrong) return wrong;
    const now = environment.now();
    const inHeader = provider.metadata === 'header';
    // What a header says is nobody's word yet. It can only cost: a token that would be refused anyway fetches no key.
    const early = inHeader ? checkTimes(header, provider, now, true) : undefined;
    if (early?.kind === 'refused') return early;
    const foreign = inHeader ? checkIssuer(header, provider) : undefined;
    if (foreign) return foreign;

    const signed = await judgeSignature(token);
    if (signed.kind === 'refused') return signed;

    const { claims, mark } = signed;
    const stranger =
      (inHeader ? undefined : checkIssuer(claims, provider)) ?? checkAudience(claims, provider);
    if (stranger) return stranger;
    const times = checkTimes(claims, provider, environment.now(), !inHeader);
    if (times.kind === 'refused') return times;
    const person = readSubject(claims, provider);
    if (person.kind === 'refused') return person;
    const verdict: Verdict = {
      kind: 'proven',
      identity: person.identity,
      replaces: subject === 'replace',
    };
    const until = Math.min(times.until, early?.until ?? Number.POSITIVE_INFINITY);
    return { verdict, header, until, mark };
  }

  async function judgeSignature(token: CompactToken): Promise<RefusedVerdict | Signed> {
    const found = await keys.find(token.header);
    if (found.kind === 'refused') return found;
    const signed = await verifySignature(token, found.keys, provider);
    if (signed.kind === 'payload') return { ...signed, mark: found.mark };
    // By a key that has come since, perhaps: without an id, or in the place of another.
    const later = signed.reason === 'assertion-signature' ? await found.later?.() : undefined;
    if (later?.kind !== 'keys') return signed;
    const again = await verifySignature(token, later.keys, provider);
    return again.kind === 'payload' ? { ...again, mark: later.mark } : again;
  }
}
