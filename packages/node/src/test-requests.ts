import type { RequestFacts } from '@trusted-header/core';
import { hasProbe, isProbeHeader } from '@trusted-header/core/probe';
import { getBuiltinModule } from './builtin.js';
import { findName } from './find-name.js';
import { isTestRun } from './test-run.js';

/** Where a test says that a request comes from. */
export type TestSource = Pick<RequestFacts, 'peer' | 'unixSocket'>;

const HEADER = 'x-trusted-header-test';

/** Asked once, before there is any request. */
const IS_TEST_RUN = isTestRun(process);

/**
 * Says where requests come from that a test in this process makes: those with the header that this gives. For `asUser` of
 * `@trusted-header/testing`.
 *
 * The value is random and is known in this process alone. Nothing of it can be used, and nothing is looked up, unless a
 * test runner has started the process (`isTestRun`).
 *
 * @throws {Error} In any other process.
 */
export function nameTestSource(source: TestSource): readonly [header: string, value: string] {
  if (!IS_TEST_RUN) throw new Error(NO_TEST_RUN);
  const sources = findSources() ?? keepSources();
  const isSame = ([, { peer, unixSocket }]: readonly [string, TestSource]) =>
    peer === source.peer && unixSocket === source.unixSocket;
  const { randomUUID } = getBuiltinModule('node:crypto');
  const [value = randomUUID()] = [...sources].find(isSame) ?? [];
  sources.set(value, source);
  return [HEADER, value];
}

const NO_TEST_RUN =
  'this is no test run: no mark of node --test, Jest, Vitest, mocha, Jasmine or AVA is on this process; an application in another process needs identityHeaders of @trusted-header/testing only';

/** What a test says of its request. */
type Told = TestSource & Pick<RequestFacts, 'fromTest'>;

/** Gives where a test in this process says that a request comes from; undefined for all other requests, and so in production. */
export function testSourceOf(rawHeaders: readonly string[]): Told | undefined {
  if (!IS_TEST_RUN) return undefined;
  const line = findName(rawHeaders, isTestHeader);
  return line < 0 ? undefined : sourceNamed(rawHeaders[line + 1]);
}

/** The same of a Fetch request, whose headers are not looked at in production. */
export function testSourceOfFetch(request: Request): Told | undefined {
  return IS_TEST_RUN ? sourceNamed(request.headers.get(HEADER)) : undefined;
}

function sourceNamed(value: string | null | undefined): Told | undefined {
  const source = findSources()?.get(value ?? '');
  return source && { ...source, fromTest: true };
}

/**
 * Widens a test for names of headers that are to be stripped: by that header in a test run, and by the probe's token where the process
 * has a receiver for it.
 */
export function withOwnHeaders(isUnwanted: (name: string) => boolean): (name: string) => boolean {
  const isOwn = IS_TEST_RUN ? (name: string) => isTestHeader(name) || isUnwanted(name) : isUnwanted;
  return hasProbe() ? (name) => isProbeHeader(name) || isOwn(name) : isOwn;
}

function isTestHeader(name: string): boolean {
  return name.toLowerCase() === HEADER;
}

/** Where copies of this package find each other's (A8). There is nothing until a test needs it. */
const SHARED = Symbol.for('@trusted-header/node test sources');

function findSources(): Map<string, TestSource> | undefined {
  return Reflect.get(globalThis, SHARED);
}

function keepSources(): Map<string, TestSource> {
  const sources = new Map<string, TestSource>();
  Object.defineProperty(globalThis, SHARED, { value: sources });
  return sources;
}
