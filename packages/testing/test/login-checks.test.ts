import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { checkLogin, type LoginCheckOptions, loginChecks } from '../src/index.js';
import { type Program, startProgram } from './start-program.js';

const SWITCH = 'alice’s session is never hers once the proxy names bob';
const MISSING = 'alice’s session is nobody’s once the proxy names nobody';
const LOCAL = 'the application’s own login is left alone by the proxy’s headers';
const OPEN = 'an open path ends nothing';

// Each starts a process, beside all other tests.
jest.setTimeout(30_000);

let program: Program | undefined;
afterEach(() => program?.stop());

async function toy(env: Record<string, string>): Promise<LoginCheckOptions> {
  program = await startProgram(new URL('toy/server.mjs', import.meta.url), env);
  const { origin } = program;
  return {
    origin: () => origin,
    path: '/whoami',
    whoAmI: ({ body }) => JSON.parse(body).user,
    strangerAddress: '127.0.0.2',
    localLogin: { user: 'carol', signIn: (client) => client.send('/login', { method: 'POST' }) },
    openPath: '/open',
    renew: (client) => client.send('/renew', { method: 'POST' }),
  };
}

/** The first sentence of what each failing check says. */
async function failuresOf(options: LoginCheckOptions): Promise<Record<string, string>> {
  const failures: Record<string, string> = {};
  for (const { name, run } of loginChecks(options)) {
    await run().catch((error: Error) => {
      failures[name] = error.message;
    });
  }
  return failures;
}

describe('an application whose login is right', () => {
  it('passes all checks', async () => {
    expect(await checkLogin(await toy({}))).toEqual([SWITCH, MISSING, LOCAL, OPEN]);
  });

  it('is asked what its options can tell, and no more', async () => {
    const { origin, path, whoAmI } = await toy({});
    expect(await checkLogin({ origin, path, whoAmI })).toEqual([SWITCH, MISSING]);
  });
});

describe('an application with a bug', () => {
  const alice = 'alice’s cookies or token come in';
  const carol = 'carol has signed in by the application’s own login';
  const signIn =
    'who signs in (are requests from this address trusted, and does the application know this user?)';

  it.each<[bug: string, failures: Record<string, unknown>]>([
    [
      'never compares',
      {
        [SWITCH]: `When ${alice} and the proxy names bob, /whoami answers 200 as alice; it should be bob or nobody.`,
        [MISSING]: `When ${alice} and the proxy names nobody, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'compares with somebody only',
      {
        [MISSING]: `When ${alice} and the proxy names nobody, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'asks the proxy only',
      {
        [MISSING]: `When ${alice} from 127.0.0.2, past the proxy, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'believes anybody',
      {
        [MISSING]: `When ${alice} from 127.0.0.2, past the proxy, claiming to be bob, /whoami answers 200 as bob; it should be nobody.`,
      },
    ],
    [
      'ends the session in the browser only',
      {
        [SWITCH]: `When ${alice} and the proxy names bob, from a copy of before, /whoami answers 200 as alice; it should be bob or nobody.`,
        [MISSING]: `When ${alice} and the proxy names nobody, from a copy of before, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'keeps the user in a variable',
      {
        [SWITCH]: expect.stringMatching(
          /^When both ask at once with alice’s cookies, .* as (alice|bob); it should be /,
        ),
      },
    ],
    [
      'keeps the user with the connection',
      {
        [SWITCH]: `When ${alice} and the proxy names bob, /whoami answers 200 as alice; it should be bob or nobody.`,
        [MISSING]: `When ${alice} and the proxy names nobody, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'lets the header win',
      {
        [LOCAL]:
          'When carol has signed in by the application’s own login and the proxy names bob, /whoami answers 200 as bob; it should be carol.',
      },
    ],
    [
      'ends other logins',
      {
        [LOCAL]:
          'When carol has signed in by the application’s own login, /whoami answers 200 as nobody; it should be carol.',
      },
    ],
    [
      'ends on open paths',
      { [OPEN]: '/open, asked for by the proxy, which names nobody, has ended alice’s session.' },
    ],
    [
      'closes open paths',
      {
        [OPEN]:
          '/open answers 401 to alice’s cookies by the proxy, which names nobody: it is not open.',
      },
    ],
    [
      'compares once',
      {
        [SWITCH]: `When ${alice} and the proxy names bob, again, /whoami answers 200 as alice; it should be bob or nobody.`,
        [MISSING]: `When ${alice} and the proxy names nobody, from a copy of before, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'compares no second session',
      {
        [SWITCH]:
          'When bob’s cookies come in and the proxy names alice, /whoami answers 200 as bob; it should be alice or nobody.',
      },
    ],
    [
      'renews for anybody',
      {
        [SWITCH]: `When ${alice} and the proxy names bob, after the token was renewed, /whoami answers 200 as alice; it should be bob or nobody.`,
        [MISSING]: `When ${alice} and the proxy names nobody, after the token was renewed, /whoami answers 200 as alice; it should be nobody.`,
      },
    ],
    [
      'believes newcomers',
      {
        [MISSING]:
          'When somebody from 127.0.0.2, past the proxy claims to be alice, /whoami answers 200 as alice; it should be nobody.',
      },
    ],
    [
      'signs in whom it refuses',
      {
        [MISSING]:
          'When somebody from 127.0.0.2, past the proxy claims to be alice, and comes again without, /whoami answers 200 as alice; it should be nobody.',
        [LOCAL]: `When ${carol} and comes past the proxy, after such a claim, /whoami answers 200 as bob; it should be carol.`,
      },
    ],
    [
      'ends what it refuses',
      {
        [LOCAL]: `When ${carol} and comes past the proxy, after such a claim, /whoami answers 200 as nobody; it should be carol.`,
      },
    ],
    [
      'ends other logins a request later',
      {
        [LOCAL]: `When ${carol} and the proxy names nobody again, /whoami answers 200 as nobody; it should be carol.`,
      },
    ],
    [
      'keeps other logins to the proxy',
      {
        [LOCAL]: `When ${carol} and comes past the proxy, /whoami answers 200 as nobody; it should be carol.`,
      },
    ],
    [
      'ends on open paths past the proxy',
      { [OPEN]: '/open, asked for from 127.0.0.2, has ended alice’s session.' },
    ],
    [
      'changes its cookie',
      {
        [OPEN]:
          'The session looks another one after each request: give sessionMark, which reads from the answer what stays the same.',
      },
    ],
    [
      'signs nobody in',
      {
        [SWITCH]: `When the proxy names bob, ${signIn}, /whoami answers 200 as nobody; it should be bob.`,
        [MISSING]: `When the proxy names alice, ${signIn}, /whoami answers 200 as nobody; it should be alice.`,
        [OPEN]: `When the proxy names alice, ${signIn}, /whoami answers 200 as nobody; it should be alice.`,
      },
    ],
    [
      'does not know bob',
      {
        [SWITCH]: `When the proxy names bob, ${signIn}, /whoami answers 200 as nobody; it should be bob.`,
      },
    ],
    [
      'fails',
      {
        [SWITCH]: '/whoami answers 500: nobody can tell who is signed in.',
        [MISSING]: '/whoami answers 500: nobody can tell who is signed in.',
        [LOCAL]: '/whoami answers 500: nobody can tell who is signed in.',
        [OPEN]: '/whoami answers 500: nobody can tell who is signed in.',
      },
    ],
  ])('fails where it %s', async (bug, failures) => {
    expect(await failuresOf(await toy({ BUG: bug }))).toEqual(failures);
  });

  it('is told by its sessionMark, where its cookie is another one each time', async () => {
    const sessionMark: LoginCheckOptions['sessionMark'] = ({ body }) => JSON.parse(body).mark;
    const options = await toy({ BUG: 'changes its cookie', MARK: '1' });
    expect(await failuresOf({ ...options, sessionMark })).toEqual({});
    await program?.stop();
    const ending = await toy({ BUG: 'ends on open paths', MARK: '1' });
    expect(Object.keys(await failuresOf({ ...ending, sessionMark }))).toEqual([OPEN]);
  });

  it('is told that bob finds what alice’s session held', async () => {
    const sessionMark: LoginCheckOptions['sessionMark'] = ({ body }) => JSON.parse(body).mark;
    const options = await toy({ BUG: 'keeps what the session held', MARK: '1' });
    expect(await failuresOf(options)).toEqual({});
    expect(await failuresOf({ ...options, sessionMark })).toEqual({
      [SWITCH]:
        'When alice’s cookies come in and the proxy names bob, his session still holds what hers did (sessionMark).',
    });
  });

  it('is told that its sessionMark reads nothing', async () => {
    const options = await toy({});
    expect(await failuresOf({ ...options, sessionMark: () => '' })).toEqual({
      [SWITCH]: 'sessionMark finds nothing in the answer of /whoami.',
      [OPEN]: 'sessionMark finds nothing in the answer of /whoami.',
    });
  });

  it('may keep a session while nobody is named, if it says so, and never over somebody else', async () => {
    const keeping = await toy({ BUG: 'compares with somebody only' });
    const checks = await checkLogin({ ...keeping, onMissing: 'keep' });
    expect(checks[1]).toBe('alice’s session is nobody else’s once the proxy names nobody');
    await program?.stop();
    const believing = await toy({ BUG: 'believes anybody' });
    expect(Object.keys(await failuresOf({ ...believing, onMissing: 'keep' }))).toEqual([
      'alice’s session is nobody else’s once the proxy names nobody',
    ]);
  });

  it('is told all that failed, at once', async () => {
    const options = await toy({ BUG: 'never compares' });
    await expect(checkLogin(options)).rejects.toThrow(
      /^The login fails 2 of 4 checks\.\n- alice’s session is never hers .*\n- alice’s session is nobody’s /,
    );
  });
});

describe('options', () => {
  const right = { origin: 'http://127.0.0.1:1', path: '/me', whoAmI: () => undefined };

  it.each<[what: string, option: string, wrong: object]>([
    ['the same user twice', 'users', { users: [{ user: 'alice' }, { user: 'alice' }] }],
    ['a local user whom the proxy names', 'users', { localLogin: { user: 'bob' } }],
    ['no path', 'path', { path: undefined }],
    ['a path without a slash', 'path', { path: 'me' }],
    ['a path at another host', 'path', { path: '//example.com/me' }],
    ['an open path that is an address', 'openPath', { openPath: 'http://example.com/' }],
    ['a whoAmI that is no function', 'whoAmI', { whoAmI: '/me' }],
    ['a profile that there is not', 'profile', { profile: 'authelya' }],
  ])('refuse %s', (_, option, wrong) => {
    const make = () => Reflect.apply(loginChecks, undefined, [{ ...right, ...wrong }]);
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(option);
  });

  it('say what whoAmI could not read', async () => {
    const options = await toy({});
    const whoAmI = () => JSON.parse('<html>').user;
    expect(Object.values(await failuresOf({ ...options, whoAmI }))).toEqual(
      Array.from({ length: 4 }, () =>
        expect.stringMatching(/^whoAmI cannot read what \/whoami answers: Unexpected token/),
      ),
    );
  });

  it('let nobody be led to another host', async () => {
    const signIn: LoginCheckOptions['signIn'] = (client) => client.send('http://127.0.0.9/');
    const { localLogin: _, ...options } = await toy({});
    expect(Object.values(await failuresOf({ ...options, signIn }))).toEqual(
      Array.from({ length: 3 }, () => 'http://127.0.0.9/ is at another host'),
    );
  });
});
