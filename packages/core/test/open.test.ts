import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ConfigError,
  compileAdmission,
  compileAnonymous,
  createAuthenticator,
  isOpenPath,
  resolveAdapterOptions,
} from '../src/index.js';

const LIST = ['/healthz', '/public/*', '/a.b/~c/*'];

/** Asks what nobody may, of a target as it stands in the request line. */
function modeOf(target: string | undefined, open: readonly string[] = LIST): string {
  return compileAnonymous({ open })({ method: 'GET', target, rawHeaders: [] }, undefined);
}

describe('open paths', () => {
  it.each([
    ['/healthz', 'a path as it was written'],
    ['/healthz?probe=1', 'with a query, which is no part of the path'],
    ['/healthz?', 'with an empty query'],
    ['/healthz?a=//../%2e', 'whatever the query holds'],
    ['/public/', 'below a prefix, with nothing more'],
    ['/public/logo.svg', 'below a prefix'],
    ['/public/a/b/c', 'far below a prefix'],
    ['/public/..a/b..', 'dots that are part of a name'],
    ['/a.b/~c/d', 'marks that every path may hold'],
  ])('opens %s: %s', (target) => {
    expect(modeOf(target)).toBe('allow');
  });

  it.each([
    ['/', 'another path'],
    ['/HEALTHZ', 'another spelling'],
    ['/healthz/', 'another path to some routers'],
    ['/healthzz', 'a path that begins alike'],
    ['/public', 'what is above a prefix'],
    ['/publicly', 'what is beside a prefix'],
    ['/public/%2e%2e/admin', 'an escaped dot segment'],
    ['/public/%41', 'any escape'],
    ['/public/../admin', 'a dot segment'],
    ['/public/./x', 'a dot segment that leads nowhere'],
    ['/public/..', 'a dot segment at the end'],
    ['/public/.', 'a dot segment at the end'],
    ['/public//x', 'an empty segment'],
    ['//public/x', 'what a URL parser takes for a host'],
    ['/public/a;b', 'a parameter, which some routers cut off'],
    ['/public/..;/admin', 'a dot segment behind which others see a parameter'],
    ['/public/\\..\\admin', 'a backslash, which a URL parser takes for a slash'],
    ['/public/x#?y', 'a fragment, which does not belong in a request line'],
    ['/public/\u00e9', 'a byte that RFC 3986 does not know'],
    ['/public/a b', 'white space'],
    ['/public/a\tb', 'white space that a URL parser removes'],
    ['/public/x\n', 'a line end, which $ of an expression may overlook'],
    ['http://app.test/healthz', 'an absolute form, of which routers see the path only'],
    ['HTTP://app.test/public/x', 'an absolute form'],
    ['healthz', 'no path'],
    ['*', 'the target of OPTIONS'],
    ['app.test:80', 'the target of CONNECT'],
    ['', 'nothing'],
  ])('keeps %s closed: %s', (target) => {
    expect(modeOf(target)).toBe('refuse');
  });

  it('opens nothing for a request without a target', () => {
    expect(modeOf(undefined)).toBe('refuse');
  });

  it('opens nothing without a list, or by an empty one', () => {
    expect([
      modeOf('/healthz', []),
      compileAnonymous({})({ method: 'GET', target: '/', rawHeaders: [] }, undefined),
    ]).toEqual(['refuse', 'refuse']);
  });

  it('never opens what a router that decodes and resolves would take elsewhere', () => {
    const piece = fc.constantFrom(
      ...[
        '/',
        '//',
        '.',
        '..',
        'public',
        'healthz',
        'admin',
        '%2e',
        '%2F',
        '%5c',
        ';',
        '\\',
        '?',
        '#',
      ],
      ...['a', '\t', ' ', '*', 'é', '%', '%00', 'http:', '@', ':', '~'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const target = `/${pieces.join('')}`;
        if (modeOf(target) === 'refuse') return;
        for (const path of readings(target)) expect(path).toMatch(/^\/(healthz$|public\/)/);
      }),
      { numRuns: 5_000 },
    );
  });
});

/** How routers, proxies and URL parsers read a path: each, then each of the others on what it gave. */
function readings(target: string): readonly string[] {
  const ways: readonly ((path: string) => string)[] = [
    (path) => path.replace(/[?#].*$/s, ''),
    (path) => new URL(path, 'http://app.test').pathname,
    (path) => new URL(`http://app.test${path}`).pathname,
    (path) => decodeURIComponent(path),
    (path) => path.replace(/;[^/]*/g, ''),
    (path) => path.replace(/\\/g, '/'),
    (path) => path.replace(/\/{2,}/g, '/'),
  ];
  const plain = target.replace(/\?.*$/s, '');
  return ways.flatMap((first) => ways.map((second) => second(first(plain))));
}

const STAR = "has a * elsewhere than behind the last /; write '/public/*' for all below /public/";
const TWO_WAYS =
  'can be read in two ways, and no target would match it; write a path without %, ;, \\, ?, #, //, dot segments and white space';

describe('patterns of open paths', () => {
  it.each([
    [['/*'], 'open[0]: "/*" opens everything; write anonymous: \'allow\', if that is meant'],
    [['/ok', '*'], 'open[1]: "*" opens everything; write anonymous: \'allow\', if that is meant'],
    [['healthz'], 'open[0]: "healthz" does not begin with /; write \'/healthz\''],
    [['/pub*'], `open[0]: "/pub*" ${STAR}`],
    [['/a/*/b'], `open[0]: "/a/*/b" ${STAR}`],
    [['/a*b/*'], `open[0]: "/a*b/*" ${STAR}`],
    [['/a%20b'], `open[0]: "/a%20b" ${TWO_WAYS}`],
    [['/a%20b/*'], `open[0]: "/a%20b/*" ${TWO_WAYS}`],
    [['/a//b'], `open[0]: "/a//b" ${TWO_WAYS}`],
    [['/a/../b'], `open[0]: "/a/../b" ${TWO_WAYS}`],
    [['/a?b'], `open[0]: "/a?b" ${TWO_WAYS}`],
    [['/a;b'], `open[0]: "/a;b" ${TWO_WAYS}`],
    [[7], "open[0]: 7 is no path; write '/healthz'"],
    [['/healthz '], `open[0]: "/healthz " ${TWO_WAYS}`],
    ['/healthz', "open: \"/healthz\" is no list of paths; write ['/healthz', '/public/*']"],
    [null, "open: null is no list of paths; write ['/healthz', '/public/*']"],
  ])('that could mean more than was meant are errors at start: %j', (open, says) => {
    const { code, message } = errorOf({ open });
    expect([code, message]).toEqual(['option-invalid', says]);
  });

  it('are all named in one error', () => {
    expect(errorOf({ open: ['x', '/ok', '/*'] }).issues.map(({ option }) => option)).toEqual([
      'open[0]',
      'open[2]',
    ]);
  });
});

/** As if TypeScript had not been asked. */
function errorOf(given: object): ConfigError {
  const options = { trustedProxies: '10.0.0.1', ...given };
  try {
    resolveAdapterOptions(options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('expected a ConfigError');
}

describe('a function in the place of anonymous', () => {
  const shape = { method: 'GET', target: '/', rawHeaders: [] };

  it('is asked about the request', () => {
    const ask = compileAnonymous<string>({
      anonymous: (it) => (it === 'GET' ? 'allow' : 'refuse'),
    });
    expect([ask(shape, 'GET'), ask(shape, 'POST')]).toEqual(['allow', 'refuse']);
  });

  it('is not asked about somebody who is there', () => {
    const authenticator = createAuthenticator({ trustedProxies: '10.0.0.1', log: false });
    const asked: string[] = [];
    const anonymous = (request: string) => {
      asked.push(request);
      return 'allow' as const;
    };
    const admit = compileAdmission<string>({ authenticator, anonymous });
    const facts = { peer: '10.0.0.1', rawHeaders: ['Remote-User', 'john'] };
    expect(admit(authenticator.authenticate(facts), shape, 'of john')).toBeUndefined();
    const nobody = authenticator.authenticate({ ...facts, rawHeaders: [] });
    expect(admit(nobody, shape, 'of nobody')).toBeUndefined();
    expect(asked).toEqual(['of nobody']);
  });

  it('is not asked where there is no request of the framework’s', () => {
    expect(compileAnonymous({ anonymous: () => 'allow' })(shape, undefined)).toBe('refuse');
  });

  it('lets nobody in by a throw, a promise, nothing, or another word; none of them ends the process', async () => {
    const given: readonly (() => unknown)[] = [
      () => {
        throw new Error('no database');
      },
      () => Promise.resolve('allow'),
      () => Promise.reject(new Error('no database')),
      () => undefined,
      () => true,
      () => 'ALLOW',
      () => ({ toString: () => 'allow' }),
    ];
    const told = given.map((each) => {
      const options = Object.assign({}, { trustedProxies: '10.0.0.1' }, { anonymous: each });
      // @ts-expect-error: JavaScript lets it.
      return compileAnonymous(options)(shape, {});
    });
    await new Promise((later) => setImmediate(later));
    expect(told).toEqual(Array.from({ length: 7 }, () => 'refuse'));
  });
});

describe('what asks behind an adapter', () => {
  it.each([
    ['/healthz', ['/healthz'], true],
    ['/healthz%2e', ['/healthz'], false],
    ['/admin', ['/healthz'], false],
    ['/healthz', undefined, false],
  ])('finds whether %s is open to %j: %p', (target, open, expected) => {
    const options = { trustedProxies: '172.20.0.2', ...(open && { open }) };
    const admit = compileAdmission(resolveAdapterOptions(options));
    const shape = { method: 'GET', target, rawHeaders: [] };
    expect(isOpenPath(shape)).toBe(false);
    admit({ kind: 'anonymous', trusted: true }, shape, undefined);
    expect(isOpenPath(shape)).toBe(expected);
    expect(isOpenPath(undefined)).toBe(false);
  });
});

describe('answers to refusals', () => {
  it.each([
    [{ onRefusal: 'a page' }, 'onRefusal: "a page" is not a function'],
    [{ onRefusal: () => undefined, signIn: { portal: 'https://auth.example.com' } }, 'onRefusal'],
  ])('are not what %j says', (options, says) => {
    const given: object = { trustedProxies: '172.20.0.2', ...options };
    const resolve = () => Reflect.apply(resolveAdapterOptions, undefined, [given]);
    expect(resolve).toThrow(ConfigError);
    expect(resolve).toThrow(says);
  });
});
