import { describe, expect, it, jest } from '@jest/globals';
import type { Identity } from '@trusted-header/core';
import fc from 'fast-check';
import { createUserResolver } from '../src/index.js';
import { deferred, settle } from './deferred.js';
import { untyped } from './untyped.js';

interface Row {
  readonly id: number;
  readonly name: string;
}

const ALICE: Identity = { user: 'alice', groups: ['dev'] };
const BOB: Identity = { user: 'bob', groups: ['dev'] };

/** A table with a unique index on the name, which takes its time. */
function createTable(names: readonly string[] = []) {
  const rows: Row[] = names.map((name, id) => ({ id, name }));
  const asked: string[] = [];
  return {
    rows,
    asked,
    async find({ user }: Identity): Promise<Row | null> {
      asked.push(`find ${user}`);
      await settle();
      return rows.find(({ name }) => name === user) ?? null;
    },
    async create({ user }: Identity): Promise<Row> {
      asked.push(`create ${user}`);
      await settle();
      if (rows.some(({ name }) => name === user)) throw new Error('UNIQUE constraint failed');
      const row = { id: rows.length, name: user };
      rows.push(row);
      return row;
    },
  };
}

describe('one lookup for each user', () => {
  it('creates one row for 500 first requests of a new user', async () => {
    const table = createTable();
    const users = createUserResolver(both(table));
    const answers = await Promise.all(Array.from({ length: 500 }, () => users.resolve(ALICE)));
    expect(new Set(answers)).toEqual(new Set([{ id: 0, name: 'alice' }]));
    expect(table.asked).toEqual(['find alice', 'create alice']);
    expect(table.rows).toEqual([{ id: 0, name: 'alice' }]);
  });

  it('creates one row for 500 first requests at two instances: who was slower finds it', async () => {
    const table = createTable();
    const instances = [createUserResolver(both(table)), createUserResolver(both(table))];
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, i) => instances[i % 2]?.resolve(ALICE)),
    );
    expect(new Set(answers.map((row) => row?.id))).toEqual(new Set([0]));
    expect(table.rows).toEqual([{ id: 0, name: 'alice' }]);
    const expected = ['find alice', 'find alice', 'create alice', 'create alice', 'find alice'];
    expect(table.asked).toEqual(expected);
  });

  it('creates one row though the requests name other groups', async () => {
    const table = createTable();
    const users = createUserResolver(both(table));
    const [one, two, three] = await Promise.all([
      users.resolve(ALICE),
      users.resolve({ ...ALICE, groups: ['ops'] }),
      users.resolve({ user: 'alice' }),
    ]);
    expect([one, two, three].map((row) => row?.id)).toEqual([0, 0, 0]);
    expect(table.asked.filter((it) => it === 'create alice')).toEqual(['create alice']);
  });

  it('creates one row though the user is forgotten in between', async () => {
    const table = createTable();
    const users = createUserResolver(both(table));
    const first = users.resolve(ALICE);
    users.forget('alice');
    const second = users.resolve(ALICE);
    users.forget();
    const third = users.resolve(ALICE);
    const rows = await Promise.all([first, second, third]);
    expect(rows.map((row) => row?.id)).toEqual([0, 0, 0]);
    expect(table.asked.filter((it) => it === 'create alice')).toEqual(['create alice']);
    // What was asked before the change answers nobody who came after it.
    expect(table.asked.filter((it) => it === 'find alice').length).toBeGreaterThanOrEqual(2);
  });

  it('answers each request by its own headers', async () => {
    const users = createUserResolver({
      async find({ user, groups }) {
        await settle();
        return { name: user, isAdmin: groups?.includes('ops') === true };
      },
    });
    const rows = await Promise.all([
      users.resolve({ ...ALICE, groups: ['ops'] }),
      users.resolve(ALICE),
      users.resolve({ user: 'alice' }),
    ]);
    expect(rows.map((row) => row?.isAdmin)).toEqual([true, false, false]);
  });

  it('does not fail a request by what another one, with other groups, has met', async () => {
    const users = createUserResolver({
      async find({ user, groups }) {
        await settle();
        if (groups?.includes('ops')) throw new Error('down');
        return { name: user };
      },
    });
    const [failed, found] = await Promise.allSettled([
      users.resolve({ ...ALICE, groups: ['ops'] }),
      users.resolve(ALICE),
    ]);
    expect(failed.status).toBe('rejected');
    expect(found).toEqual({ status: 'fulfilled', value: { name: 'alice' } });
  });

  it('does not let one user wait for another', async () => {
    const slow = deferred<Row | null>();
    const users = createUserResolver({
      find: ({ user }) => (user === 'alice' ? slow.promise : { id: 2, name: user }),
    });
    const alice = users.resolve(ALICE);
    expect(await users.resolve(BOB)).toEqual({ id: 2, name: 'bob' });
    slow.resolve({ id: 1, name: 'alice' });
    expect(await alice).toEqual({ id: 1, name: 'alice' });
  });
});

describe('what is remembered', () => {
  it('is nothing, unless ttlSeconds says so', async () => {
    const table = createTable(['alice']);
    const users = createUserResolver({ find: table.find });
    await users.resolve(ALICE);
    table.rows.length = 0;
    expect(await users.resolve(ALICE)).toBeNull();
  });

  it('is a found user, for the same headers', async () => {
    const table = createTable(['alice']);
    const users = createUserResolver({ find: table.find, ttlSeconds: 60 });
    await users.resolve(ALICE);
    await users.resolve({ ...ALICE });
    expect(table.asked).toEqual(['find alice']);
    await users.resolve({ ...ALICE, groups: ['ops'] });
    await users.resolve({ ...ALICE, groups: ['ops'], email: 'alice@example.com' });
    await users.resolve({ ...ALICE, groups: ['ops'], extra: { tenant: 'blue' } });
    await users.resolve({ ...ALICE, groups: ['ops'], extra: { tenant: 'red' } });
    await users.resolve({ ...ALICE, groups: ['ops'], extra: { tenant: 'red' } });
    expect(table.asked.length).toBe(5);
  });

  it('is so for ttlSeconds, and not after a clock that stepped back', async () => {
    const clock = { now: 1_800_000_000_000 };
    const spy = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
    const table = createTable(['alice']);
    const users = createUserResolver({ find: table.find, ttlSeconds: 60 });
    const askedAfter = async (milliseconds: number): Promise<number> => {
      clock.now += milliseconds;
      await users.resolve(ALICE);
      return table.asked.length;
    };
    expect(await askedAfter(0)).toBe(1);
    expect(await askedAfter(59_999)).toBe(1);
    expect(await askedAfter(1)).toBe(2);
    expect(await askedAfter(-1)).toBe(3);
    spy.mockRestore();
  });

  it('is no error and no "there is none"', async () => {
    const answers: (() => Row | null)[] = [
      () => null,
      () => {
        throw new Error('ECONNREFUSED');
      },
      () => ({ id: 1, name: 'alice' }),
    ];
    const users = createUserResolver({ find: () => answers.shift()?.() ?? null, ttlSeconds: 60 });
    expect(await users.resolve(ALICE)).toBeNull();
    await expect(users.resolve(ALICE)).rejects.toMatchObject({ code: 'lookup-failed' });
    expect(await users.resolve(ALICE)).toEqual({ id: 1, name: 'alice' });
    expect(await users.resolve(ALICE)).toEqual({ id: 1, name: 'alice' });
  });

  it('goes when it is forgotten, one user or all', async () => {
    const table = createTable(['alice', 'bob']);
    const users = createUserResolver({ find: table.find, ttlSeconds: 60 });
    const ask = async () => [await users.resolve(ALICE), await users.resolve(BOB)];
    await ask();
    users.forget('alice');
    await ask();
    expect(table.asked).toEqual(['find alice', 'find bob', 'find alice']);
    users.forget();
    await ask();
    expect(table.asked.length).toBe(5);
  });

  it('goes when the one that was not asked for longest is one too many', async () => {
    const table = createTable(['alice', 'bob', 'carol']);
    const users = createUserResolver({ find: table.find, ttlSeconds: 60, max: 2 });
    for (const user of ['alice', 'bob', 'alice', 'carol', 'alice', 'bob']) {
      await users.resolve({ user });
    }
    expect(table.asked).toEqual(['find alice', 'find bob', 'find carol', 'find bob']);
  });

  it.each([['alice'], []])(
    'is not what was found before it was forgotten: forget(%s)',
    async (...user) => {
      const slow = deferred<Row | null>();
      const found = [slow.promise, { id: 2, name: 'new' }];
      const users = createUserResolver({ find: () => found.shift() ?? null, ttlSeconds: 60 });
      const before = users.resolve(ALICE);
      users.forget(...user);
      slow.resolve({ id: 1, name: 'old' });
      expect(await before).toEqual({ id: 1, name: 'old' });
      expect(await users.resolve(ALICE)).toEqual({ id: 2, name: 'new' });
    },
  );
});

describe('names', () => {
  it('are what the proxy sent, unless match is lower', async () => {
    const table = createTable();
    const exact = createUserResolver(both(table));
    expect(await exact.resolve({ user: 'Alice' })).toEqual({ id: 0, name: 'Alice' });
    const lower = createUserResolver({ ...both(table), match: 'lower', ttlSeconds: 60 });
    expect(await lower.resolve({ user: 'ALICE' })).toEqual({ id: 1, name: 'alice' });
    expect(await lower.resolve({ user: 'aLiCe' })).toEqual({ id: 1, name: 'alice' });
    lower.forget('ALICE');
    expect(await lower.resolve({ user: 'alice' })).toEqual({ id: 1, name: 'alice' });
    // U+212A, the Kelvin sign, is no K.
    expect(await lower.resolve({ user: '\u212aevin' })).toEqual({ id: 2, name: '\u212aevin' });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'may be %s like any other',
    async (user) => {
      const table = createTable();
      const users = createUserResolver({ ...both(table), ttlSeconds: 60 });
      expect(await users.resolve({ user })).toEqual({ id: 0, name: user });
      expect(await users.resolve({ user })).toEqual({ id: 0, name: user });
    },
  );

  it('never give another user, whatever comes at once, fails, or is forgotten', async () => {
    const step = fc.record({
      user: fc.constantFrom('alice', 'Alice', 'bob', '__proto__'),
      group: fc.constantFrom('dev', 'ops'),
      fails: fc.boolean(),
      forgets: fc.boolean(),
      waits: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.boolean(), async (steps, keeps) => {
        const table = createTable();
        let fails = false;
        const users = createUserResolver({
          find: (identity) => (fails ? Promise.reject(new Error('down')) : table.find(identity)),
          create: (identity) => table.create(identity),
          ttlSeconds: keeps ? 60 : 0,
          max: 2,
        });
        const answers = steps.map(async ({ user, group, ...step }) => {
          fails = step.fails;
          if (step.forgets) users.forget(user);
          if (step.waits) await settle();
          const row = await users.resolve({ user, groups: [group] }).catch(() => 'failed' as const);
          return { user, row };
        });
        for (const { user, row } of await Promise.all(answers)) {
          if (row === 'failed') continue;
          expect(row?.name).toBe(user);
        }
        const names = table.rows.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        const created = table.asked.filter((it) => it.startsWith('create'));
        expect(new Set(created).size).toBe(created.length);
      }),
      { numRuns: 100 },
    );
  });
});

function both({ find, create }: ReturnType<typeof createTable>) {
  return { find, create };
}

it('gives `find` and `create` the identity, and nothing that can be changed for others', async () => {
  const seen: Identity[] = [];
  const users = createUserResolver({
    find(identity) {
      seen.push(identity);
      return null;
    },
    create: () => null,
  });
  const identity = Object.freeze({ ...ALICE, name: 'Alice A.', email: 'alice@example.com' });
  expect(await users.resolve(identity)).toBeNull();
  expect(seen).toEqual([
    { user: 'alice', groups: ['dev'], name: 'Alice A.', email: 'alice@example.com' },
  ]);
});

it.each([
  ['options', undefined],
  ['find', {}],
  ['find', { find: 'alice' }],
  ['create', { find: () => null, create: true }],
  ['create', { find: () => null, create: undefined }],
  ['match', { find: () => null, match: 'upper' }],
  ['ttlSeconds', { find: () => null, ttlSeconds: -1 }],
  ['ttlSeconds', { find: () => null, ttlSeconds: '60' }],
  ['max', { find: () => null, max: 0 }],
  ['max', { find: () => null, max: Number.POSITIVE_INFINITY }],
  ['timeoutSeconds', { find: () => null, timeoutSeconds: 0 }],
  ['timeoutSeconds', { find: () => null, timeoutSeconds: Number.NaN }],
  ['ttl', { find: () => null, ttl: 60 }],
])('names %s as what is wrong at the start', (option, options) => {
  expect(() => createUserResolver(untyped(options))).toThrow(
    expect.objectContaining({
      code: 'option-invalid',
      issues: [expect.objectContaining({ option })],
    }),
  );
});
