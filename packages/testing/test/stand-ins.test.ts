import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { checkLogin, loginChecks } from '../src/index.js';
import { hasSqlite } from './has-sqlite.js';
import { SHAPES, type Shape } from './stand-ins/shapes.js';
import { type Program, startProgram } from './start-program.js';

type ShapeName = keyof typeof SHAPES;
type Version = 'before' | 'after';

/** One shape needs SQLite: see there. */
const TOKENS_IN_SQLITE = hasSqlite() ? (['bearer-tokens'] as const) : [];

const SWITCH = 'alice’s session is never hers once the proxy names bob';
const MISSING = 'alice’s session is nobody’s once the proxy names nobody';
const LOCAL = 'the application’s own login is left alone by the proxy’s headers';
const OPEN = 'an open path ends nothing';

// Each starts a process, beside all other tests.
jest.setTimeout(30_000);

let program: Program | undefined;
afterEach(() => program?.stop());

const fileOf = (name: ShapeName, version: Version): URL =>
  new URL(`stand-ins/${name}/${version}.mjs`, import.meta.url);

async function start(name: ShapeName, version: Version): Promise<string> {
  program = await startProgram(fileOf(name, version));
  return program.origin;
}

async function failing(origin: string, shape: Shape): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { name, run } of loginChecks({ origin, ...shape })) {
    await run().catch(() => names.push(name));
  }
  return names;
}

describe('applications that make a session or a token of the header, and never compare it', () => {
  it.each<[ShapeName, red: readonly (readonly string[])[]]>([
    ['cookie-session', [[SWITCH, MISSING]]],
    // Its header wins over its other logins, whose session it overwrites.
    [
      'public-shares',
      [
        [MISSING, LOCAL],
        [MISSING, LOCAL],
      ],
    ],
    ['refresh-tokens', [[SWITCH, MISSING]]],
    ...TOKENS_IN_SQLITE.map((name): [ShapeName, string[][]] => [name, [[SWITCH, MISSING]]]),
  ])('%s fails', async (name, red) => {
    const origin = await start(name, 'before');
    for (const [i, shape] of SHAPES[name].entries()) {
      expect(await failing(origin, shape)).toEqual(red[i]);
    }
  });
});

const NAMES: readonly ShapeName[] = [
  'cookie-session',
  'public-shares',
  'refresh-tokens',
  ...TOKENS_IN_SQLITE,
];

describe('the same applications with trusted-header', () => {
  it.each(NAMES)('%s passes all four checks', async (name) => {
    const origin = await start(name, 'after');
    for (const shape of SHAPES[name]) {
      expect(await checkLogin({ origin, ...shape })).toEqual([SWITCH, MISSING, LOCAL, OPEN]);
    }
  });

  it.each(NAMES)(
    '%s has its own login, and no other, where no proxy is configured',
    async (name) => {
      program = await startProgram(fileOf(name, 'after'), { TRUSTED_PROXIES: '' });
      const { origin } = program;
      for (const shape of SHAPES[name]) {
        expect(await failing(origin, shape)).toEqual([SWITCH, MISSING, OPEN]);
      }
    },
  );

  it.each<[ShapeName, added: number]>([
    ['cookie-session', 10],
    ['public-shares', 9],
    ['refresh-tokens', 13],
    ['bearer-tokens', 15],
  ])('%s adds %d lines', (name, added) => {
    const files = [fileOf(name, 'before'), fileOf(name, 'after')].map((file) =>
      fileURLToPath(file),
    );
    const { stdout } = spawnSync('git', ['diff', '--no-index', '--numstat', ...files], {
      encoding: 'utf8',
    });
    expect(Number(stdout.split('\t')[0])).toBe(added);
    expect(added).toBeLessThanOrEqual(15);
  });
});
