import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatEcs, formatOcsf, formatOwasp } from '../src/formatters/index.js';
import { createAuthenticator, type DecisionEvent } from '../src/index.js';
import { eventAbout } from './formatters.js';

const PROXY = '172.20.0.2';

/** Everything that formatters write of an event, as lines of a log; `eachRequest`, so that they write whatever they can. */
function written(event: DecisionEvent, words = ''): readonly string[] {
  const fields = {
    appid: `notes${words}`,
    useragent: words,
    hostname: words,
    request_uri: words,
    request_method: words,
    eachRequest: true,
  };
  return [formatOwasp, formatEcs, formatOcsf]
    .flatMap((format): readonly object[] => format(event, fields))
    .map((record) => JSON.stringify(record));
}

/** What ends a line somewhere, or moves what is seen: the controls, NEL, the two separators, and those of direction. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|\\[bfnrt]|\\u00|\\u[dD][89a-fA-F]/u;

const NAMES = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email', 'Remote_User'];

/** A claim in which every value holds a word that stands nowhere else. */
const claim = fc.array(
  fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    )
    .map(([name, before, behind]) => [name, `${before}zqxjkv${behind}`]),
  { minLength: 1, maxLength: 4 },
);

describe('formatters (O1)', () => {
  it('write no byte of a claim that is not believed, from a stranger or from the proxy', () => {
    const lines: string[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      log: false,
      onDecision(event) {
        if (event.decision.kind === 'refused') lines.push(...written(event));
      },
    });
    fc.assert(
      fc.property(claim, fc.constantFrom(PROXY, '172.20.0.9'), (headers, peer) => {
        authenticate({ peer, rawHeaders: headers.flat() });
      }),
    );
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => line.includes('zqxjkv'))).toEqual([]);
  });

  it('write no character that breaks a line, whoever is authenticated and whatever the application adds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.constantFrom('started' as const, 'signed-out' as const, undefined),
        (text, login) => {
          const event = eventAbout({ user: text }, login && { login });
          const lines = written(event, text);
          expect(lines.length).toBeGreaterThanOrEqual(3);
          for (const line of lines) expect(BREAKS.exec(line)).toBeNull();
        },
      ),
    );
  });

  it('write one argument for one user, which gives the user back', () => {
    const user = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(user, fc.webPath(), (name, route) => {
        const denied = { reason: 'group-missing', detail: 'the route asks for "admin"' } as const;
        const [record] = formatOwasp(eventAbout({ user: name }, { denied, route }), {
          appid: 'notes',
        });
        const [event, ...rest] = (record?.event ?? '').split(/:(.*)/s);
        const [first = '', ...others] = (rest[0] ?? '').split(',');
        expect([event, decodeURIComponent(first), others.length]).toEqual(['authz_fail', name, 1]);
      }),
    );
  });
});
