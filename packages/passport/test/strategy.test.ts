import { describe, expect, it } from '@jest/globals';
import {
  compileAdmission,
  type Decision,
  keepDecision,
  resolveAdapterOptions,
} from '@trusted-header/core';
import { type NodeRequest, shapeOf } from '@trusted-header/node';
import { TrustedHeaderStrategy } from '../src/index.js';

const ALICE: Decision = {
  kind: 'authenticated',
  identity: { user: 'alice' },
  source: { kind: 'address', address: '10.0.0.7' },
};
const NOBODY: Decision = { kind: 'anonymous', trusted: true };

/** What is there of a request of Node's, with headers that nobody may look at. */
function requestWith(decision: Decision | undefined) {
  const request = {
    rawHeaders: ['Remote-User', 'mallory'],
    headers: { 'remote-user': 'mallory' },
    socket: {},
    method: 'GET',
    url: '/',
  };
  if (decision) keepDecision(request, decision);
  return request;
}

/** Asks as Passport does, and gives what the strategy answered, each as its name and arguments. */
function ask(
  strategy: TrustedHeaderStrategy,
  request: object,
  options: object = { session: false },
): Promise<readonly unknown[]> {
  return new Promise((answered) => {
    const made: TrustedHeaderStrategy = Object.create(strategy);
    made.success = (...args) => answered(['success', ...args]);
    made.fail = (...args) => answered(['fail', ...args]);
    made.pass = () => answered(['pass']);
    made.error = (error) => answered(['error', error]);
    made.authenticate(request, options);
  });
}

describe('TrustedHeaderStrategy', () => {
  it('is called trusted-header', () => {
    expect(new TrustedHeaderStrategy(() => {}).name).toBe('trusted-header');
  });

  it('reads the decision, and never a header', async () => {
    const strategy = new TrustedHeaderStrategy(({ user }, done) => done(null, { user }));
    expect(await ask(strategy, requestWith(ALICE))).toEqual([
      'success',
      { user: 'alice' },
      undefined,
    ]);
    expect(await ask(strategy, requestWith(NOBODY))).toEqual([
      'fail',
      { message: 'Unauthorized', code: 'authentication-required' },
      401,
    ]);
    const refused: Decision = { kind: 'refused', reason: 'peer-untrusted' };
    expect(await ask(strategy, requestWith(refused))).toEqual([
      'fail',
      { message: 'Forbidden', code: 'peer-untrusted' },
      403,
    ]);
  });

  it('is an error where nothing has decided, whatever the headers say', async () => {
    const strategy = new TrustedHeaderStrategy((_, done) => done(null, {}));
    for (const request of [requestWith(undefined), {}, { raw: null, req: 'alice' }]) {
      const [kind, error] = await ask(strategy, request);
      expect([kind, String(error)]).toEqual([
        'error',
        'Error: TrustedHeaderStrategy found no decision: put trustedHeader(…) before it',
      ]);
    }
  });

  it('says what verify says', async () => {
    const request = requestWith(ALICE);
    const info = { message: 'locked' };
    const locked = new TrustedHeaderStrategy((_, done) => done(null, false, info));
    expect(await ask(locked, request)).toEqual(['fail', info]);
    const failing = new TrustedHeaderStrategy((_, done) => done('no connection'));
    expect(await ask(failing, request)).toEqual(['error', 'no connection']);
    const throwing = new TrustedHeaderStrategy(() => {
      throw new TypeError('of no user');
    });
    expect(await ask(throwing, request)).toEqual(['error', new TypeError('of no user')]);
    const rejecting = new TrustedHeaderStrategy(async () => {
      throw new TypeError('of no user');
    });
    expect(await ask(rejecting, request)).toEqual(['error', new TypeError('of no user')]);
  });

  it('gives the request first with passReqToCallback', async () => {
    const strategy = new TrustedHeaderStrategy({ passReqToCallback: true }, (req, { user }, done) =>
      done(null, { req, user }),
    );
    const request = requestWith(ALICE);
    const [kind, user] = await ask(strategy, request);
    expect([kind, user]).toEqual(['success', { req: request, user: 'alice' }]);
  });

  it('asks for a session where Passport would have one, and says what is missing', async () => {
    const strategy = new TrustedHeaderStrategy((_, done) => done(null, {}));
    const [kind, error] = await ask(strategy, requestWith(ALICE), {});
    expect([kind, String(error)]).toEqual([
      'error',
      expect.stringContaining('found no session: put session(…) before it'),
    ]);
  });

  it('lets no claim pass that is not believed, whatever is open or signed in otherwise', async () => {
    const refused: Decision = { kind: 'refused', reason: 'peer-untrusted' };
    const otherLogin = new TrustedHeaderStrategy({ otherLogin: () => true }, () => {});
    const request = Object.assign(requestWith(refused), { session: {} });
    expect(await ask(otherLogin, request, {})).toEqual([
      'fail',
      { message: 'Forbidden', code: 'peer-untrusted' },
      403,
    ]);
    const options = resolveAdapterOptions({ trustedProxies: '10.0.0.7', open: ['/'], log: false });
    compileAdmission(options)(NOBODY, shapeOf(untyped(request)), undefined);
    const strategy = new TrustedHeaderStrategy(() => {});
    expect((await ask(strategy, request, {}))[0]).toBe('fail');
    keepDecision(request, NOBODY);
    expect(await ask(strategy, request, {})).toEqual(['pass']);
  });

  it('touches no session where an account is connected: passport.authorize()', async () => {
    const strategy = new TrustedHeaderStrategy((_, done) => done(null, { name: 'alice' }));
    const request = requestWith(ALICE);
    const [kind] = await ask(strategy, request, { assignProperty: 'account' });
    expect(kind).toBe('success');
  });

  it.each([
    ['verify', []],
    ['verify', [{}]],
    ['verify', [{}, 'find']],
    ['passReqToCallback', [{ passReqToCallback: 'yes' }, () => {}]],
    ['otherLogin', [{ otherLogin: true }, () => {}]],
    ['headers', [{ headers: ['Remote-User'] }, () => {}]],
  ])('names %s where it is wrong', (name, args) => {
    expect(() => Reflect.construct(TrustedHeaderStrategy, args)).toThrow(name);
  });
});

/** What is there of it is all that is looked at. */
function untyped(request: object): NodeRequest {
  return Object.assign([request])[0];
}
