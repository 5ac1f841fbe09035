import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { registerTrustedHeader, signIn, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { decide, requestOf } from './decided-request.js';
import { through } from './through.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const STRANGER = decide('eve', 'admins', '127.0.0.2');
const FILE = '/_next/static/a.js';
const ADMINS = { groups: { anyOf: ['admins'] } };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

const registry = findRegistry;
let before: unknown;
beforeEach(() => {
  before = registry()?.isBuildFile;
  Object.assign(registry() ?? {}, { isBuildFile: async (target: string) => target === FILE });
});
afterEach(() => {
  Object.assign(registry() ?? {}, { isBuildFile: before });
});

const ask = (decision: typeof ALICE, fileTarget?: string, proxy = trustedHeaderProxy()) =>
  through(proxy, requestOf(decision, new Map(), { path: FILE, ...(fileTarget && { fileTarget }) }));

it('a file of the build is everybody’s, but for a claim that is not believed', async () => {
  expect(await ask(NOBODY, FILE)).toBe('on');
  expect(await ask(STRANGER, FILE)).toBe('403');
  expect(await ask(ALICE, FILE)).toBe('on');
});

it('what is no such file, or is asked for by another method, is nobody’s', async () => {
  expect(await ask(NOBODY, '/_next/static/b.js')).toBe('401');
  expect(await ask(NOBODY)).toBe('401');
});

it('is everybody’s whatever policy its path has', async () => {
  const proxy = trustedHeaderProxy({ policies: { '/*': ADMINS } });
  expect(await ask(NOBODY, FILE, proxy)).toBe('on');
  expect(await ask(BOB, FILE, proxy)).toBe('on');
  expect(await ask(BOB, '/_next/static/b.js', proxy)).toBe('403');
  expect(await ask(STRANGER, FILE, proxy)).toBe('403');
});

it('is no file where the real build has none', async () => {
  Object.assign(registry() ?? {}, { isBuildFile: before });
  const log = jest.spyOn(console, 'error').mockReturnValue();
  expect(await ask(NOBODY, FILE)).toBe('401');
  const { followSession } = signIn({ find: () => null, log: false });
  expect(await ask(ALICE, FILE, followSession())).toBe('403');
  log.mockRestore();
});
