import { describe, expect, it } from '@jest/globals';
import { createUserResolver, UserLookupError } from '../src/index.js';
import { deferred, settle } from './deferred.js';
import { untyped } from './untyped.js';

const ALICE = { user: 'alice', groups: ['dev'] };
const ROW = { id: 1, name: 'alice' };
const never = () => new Promise<never>(() => {});

/** As somebody who has given up. */
function abortedBy(reason: unknown): AbortSignal {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
}

describe('a lookup that fails', () => {
  it.each([
    ['find', 'lookup-failed', 'throws', { find: () => Promise.reject(new Error('down')) }],
    ['find', 'lookup-invalid', 'gives undefined', { find: () => undefined }],
    ['find', 'lookup-invalid', 'gives a promise of undefined', { find: async () => undefined }],
    ['find', 'lookup-invalid', 'gives true', { find: () => true }],
    ['find', 'lookup-invalid', 'gives false', { find: () => false }],
    ['find', 'lookup-invalid', 'gives a name', { find: () => 'alice' }],
    ['find', 'lookup-invalid', 'gives no rows', { find: () => [] }],
    ['find', 'lookup-invalid', 'gives rows', { find: async () => [ROW] }],
    ['find', 'lookup-invalid', 'gives a function', { find: () => () => ROW }],
    ['find', 'lookup-timeout', 'hangs', { find: never }],
    ['create', 'lookup-failed', 'throws', { create: () => Promise.reject(new Error('down')) }],
    ['create', 'lookup-invalid', 'gives undefined', { create: () => undefined }],
    ['create', 'lookup-timeout', 'hangs', { create: never }],
  ])('is told: %s, %s, since it %s', async (step, code, _why, options) => {
    const users = createUserResolver<typeof ROW>({
      find: () => null,
      timeoutSeconds: 0.02,
      ...untyped(options),
    });
    const error = await users.resolve(ALICE).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserLookupError);
    expect(error).toMatchObject({ name: 'UserLookupError', step, code });
  });

  it('is told where it throws without a promise, with what it threw', async () => {
    const cause = new Error('password of the database: hunter2');
    const users = createUserResolver({
      find() {
        throw cause;
      },
    });
    const error = await users.resolve(ALICE).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'lookup-failed', message: 'find: it threw', cause });
  });

  it('never creates anybody', async () => {
    let created = 0;
    const users = createUserResolver<typeof ROW>({
      find: untyped(() => undefined),
      create() {
        created++;
        return ROW;
      },
    });
    await expect(users.resolve(ALICE)).rejects.toMatchObject({ code: 'lookup-invalid' });
    expect(created).toBe(0);
  });

  it('is told to all who wait for it, and to nobody after them', async () => {
    const first = deferred<typeof ROW | null>();
    const answers = [first.promise, ROW];
    const users = createUserResolver({ find: () => answers.shift() ?? null });
    const waiting = [users.resolve(ALICE), users.resolve(ALICE), users.resolve(ALICE)];
    first.reject(new Error('down'));
    for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
    expect(await users.resolve(ALICE)).toEqual(ROW);
  });

  it('is the one of `create`, where nobody else has created the user either', async () => {
    const users = createUserResolver<typeof ROW>({
      find: () => null,
      create: () => Promise.reject(new Error('NOT NULL constraint failed: email')),
    });
    const error = await users.resolve(ALICE).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      step: 'create',
      cause: { message: 'NOT NULL constraint failed: email' },
    });
  });

  it('tells the lookup that nobody waits any more', async () => {
    let reason: unknown;
    const users = createUserResolver({
      find: (_, { signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        return never();
      },
      timeoutSeconds: 0.02,
    });
    await expect(users.resolve(ALICE)).rejects.toMatchObject({ code: 'lookup-timeout' });
    expect(reason).toMatchObject({ code: 'lookup-timeout' });
  });

  it('holds up nobody after it: a lookup that hangs is asked again', async () => {
    const answers = [never(), ROW];
    const users = createUserResolver({
      find: () => answers.shift() ?? null,
      timeoutSeconds: 0.02,
    });
    await expect(users.resolve(ALICE)).rejects.toMatchObject({ code: 'lookup-timeout' });
    expect(await users.resolve(ALICE)).toEqual(ROW);
  });
});

describe('a caller that gives up', () => {
  it('stops waiting, and no other does', async () => {
    const slow = deferred<typeof ROW | null>();
    let asked = 0;
    const users = createUserResolver({
      find() {
        asked++;
        return slow.promise;
      },
    });
    const gone = new AbortController();
    const first = users.resolve(ALICE, { signal: gone.signal });
    const second = users.resolve(ALICE);
    const third = users.resolve(ALICE, { signal: new AbortController().signal });
    gone.abort('went away');
    await expect(first).rejects.toBe('went away');
    slow.resolve(ROW);
    expect(await Promise.all([second, third])).toEqual([ROW, ROW]);
    expect(asked).toBe(1);
  });

  it('stops waiting for its turn as well', async () => {
    const slow = deferred<typeof ROW | null>();
    const users = createUserResolver({ find: () => slow.promise });
    const first = users.resolve(ALICE);
    const gone = new AbortController();
    const second = users.resolve({ ...ALICE, groups: ['ops'] }, { signal: gone.signal });
    gone.abort('went away');
    await expect(second).rejects.toBe('went away');
    slow.resolve(ROW);
    expect(await first).toEqual(ROW);
  });

  it('asks nobody if it has given up before', async () => {
    let asked = 0;
    const users = createUserResolver({
      find() {
        asked++;
        return ROW;
      },
    });
    await expect(users.resolve(ALICE, { signal: abortedBy('gone') })).rejects.toBe('gone');
    expect(asked).toBe(0);
  });

  it('leaves no timer behind, which would keep a process alive', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length;
    const before = timers();
    await createUserResolver({ find: () => ROW }).resolve(ALICE);
    expect(timers()).toBe(before);
  });

  it('leaves no listener behind, and no rejection that nobody handles', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    let listeners = 0;
    const signal = untyped({
      aborted: false,
      addEventListener: () => listeners++,
      removeEventListener: () => listeners--,
    });
    const failing = createUserResolver({ find: () => Promise.reject(new Error('down')) });
    await failing.resolve(ALICE, { signal }).catch(() => {});
    expect(listeners).toBe(0);
    const gone = new AbortController();
    const waiting = failing.resolve(ALICE, { signal: gone.signal }).catch(() => {});
    gone.abort('went away');
    await waiting;
    await settle();
    await settle();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
