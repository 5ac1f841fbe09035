import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Authenticated, createAuthenticator, type HeaderProfile } from '../src/index.js';
import { runs } from './arbitraries.js';
import { fastest } from './fastest.js';

/** H5: what identifies is what the provider sent, code point for code point. Only the name is for people, and folded. */

const PROXY = '172.20.0.2';
const profile: HeaderProfile = {
  id: 'test',
  user: { header: 'X-User' },
  groups: { header: 'X-Groups', separator: ';' },
  name: { header: 'X-Name' },
  email: { header: 'X-Email' },
  extra: { uid: { header: 'X-Uid' } },
};

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function identityOf(...lines: readonly string[]): Authenticated['identity'] {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, profile, log: false });
  const decision = authenticate({ peer: PROXY, rawHeaders: lines.map(wire) });
  if (decision.kind !== 'authenticated') throw new Error(JSON.stringify(decision));
  return decision.identity;
}

/** Of letters and marks. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u{13441}\u{13442}]/u;

describe('what identifies', () => {
  it.each([
    ['\u212aevin', 'Kevin', 'KELVIN SIGN is K in NFC'],
    ['Jose\u0301', 'Jos\u00e9', 'decomposed is composed in NFC'],
    ['\u2126', '\u03a9', 'OHM SIGN is a Greek letter in NFC'],
    ['\uf900', '\u8c48', 'a compatibility ideograph is another one in NFC'],
    ['a\u1fefb', 'a`b', 'GREEK VARIA is a backquote in NFC'],
  ])('keeps %j apart from %j: %s', (sent, folded, _why) => {
    for (const text of [sent, folded]) {
      expect(
        identityOf('X-User', text, 'X-Groups', text, 'X-Email', `${text}@x`, 'X-Uid', text),
      ).toEqual({ user: text, groups: [text], email: `${text}@x`, extra: { uid: text } });
    }
  });

  it('keeps two groups that NFC would make one', () => {
    expect(identityOf('X-User', 'a', 'X-Groups', '\u212a;K').groups).toEqual(['\u212a', 'K']);
  });

  it('is not split at what NFC would make a separator (GREEK QUESTION MARK is ; there)', () => {
    expect(identityOf('X-User', 'a', 'X-Groups', 'dev\u037eadmin').groups).toEqual([
      'dev\u037eadmin',
    ]);
  });

  it('is kept as it is where the runtime has decoded it already', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
    expect(authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'Łu\u0308'] })).toHaveProperty(
      'identity.user',
      'Łu\u0308',
    );
  });

  it('comes out as it went in, whatever the text', () => {
    const text = fc.stringMatching(/^[\p{L}\p{M}\p{N}]{1,12}$/u);
    fc.assert(
      fc.property(text, text, (user, group) => {
        fc.pre(!UNSEEN.test(user + group));
        const identity = identityOf('X-User', user, 'X-Groups', group);
        expect(identity).toEqual({ user, groups: [group] });
      }),
      runs(1000),
    );
  });
});

describe('the name', () => {
  it.each([
    ['Jose\u0301', 'Jos\u00e9', 'composed'],
    ['\u212aevin', 'Kevin', 'nobody is told apart by it'],
  ])('%j is shown as %j: %s', (sent, shown, _why) => {
    expect(identityOf('X-User', 'a', 'X-Name', sent).name).toBe(shown);
  });

  it('is measured before it is folded: 512 bytes as they came', () => {
    // U+0958 takes 3 bytes as it is and 6 in NFC; e with an acute takes 3 decomposed and 2 composed.
    expect(identityOf('X-User', 'a', 'X-Name', '\u0958'.repeat(170)).name).toHaveLength(340);
    expect(identityOf('X-User', 'a', 'X-Name', 'e\u0301'.repeat(171)).name).toBeUndefined();
  });
});

it('spends no more time on long text whose marks NFC would sort (14 kB took 0.1 s)', () => {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
  const ask = (marks: string) => () => {
    for (const name of ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email']) {
      authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'a', name, marks] });
    }
  };
  const sorted = fastest(ask(wire('\u0316\u0316'.repeat(3500))));
  const unsorted = fastest(ask(wire('\u0315\u0316'.repeat(3500))));
  expect(unsorted).toBeLessThan(5 * sorted);
});
