import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import type { NextRequest } from 'next/server.js';
import { pathsOfRequest } from './paths-of-request.js';
import { type Fold, foldPath, interceptorsBase, isBelow, tidyPath } from './read-paths.js';

/**
 * What paths ask for: `/admin` for exactly this path, `/admin/*` for it and all that is below. The longest that fits a path
 * counts, and no other.
 */
export type PathPolicies<Policy> = Readonly<Record<`/${string}`, Policy>>;

/** Finds policies. */
export interface PolicyFinder<Guard> {
  /** Gives what all paths ask for that a request may be for: every one of them must let it pass. */
  (url: NextRequest['nextUrl'], target: string | undefined): readonly Guard[];
  /** Gives what all intercepting routes may ask for that are below a page, or below one that it is below. */
  interceptors(page: string): readonly Guard[];
}

/**
 * Compiles policies per path.
 *
 * Written as `open` is, and read the other way round: where a request can be read in several ways, each of them counts, so that
 * no spelling gets past a policy. Neither case nor a slash at the end makes another path.
 *
 * @param given Undefined is an error, as a misspelt name would be (D4); leave it out where there are none.
 * @param compile Makes what one policy asks. Its errors say `policy`, and are told with the path.
 * @throws {ConfigError} `policy-invalid`, with every fault.
 */
export function compilePolicies<Policy, Guard>(
  given: PathPolicies<Policy> | undefined,
  compile: (policy: Policy) => Guard,
): PolicyFinder<Guard> {
  const issues: ConfigIssue[] = [];
  if (!isPlainObject(given)) throw noPolicies(given);
  // A path in another case is another one to Next's routes, of which a policy further up may be: both count.
  const tables: readonly Table<Guard>[] = [tableBy(foldPath), tableBy(tidyPath)];
  const seen = new Set<string>();
  for (const [pattern, policy] of Object.entries(given)) {
    const option = `policies[${JSON.stringify(pattern)}]`;
    const fault = seen.has(foldPath(pattern)) ? TWICE : faultOf(pattern);
    seen.add(foldPath(pattern));
    if (fault) issues.push(configIssue(option, pattern, ...fault));
    else issues.push(...compileInto(tables, pattern, option, () => compile(policy)));
  }
  if (issues.length > 0) throw new ConfigError('policy-invalid', issues);
  if (seen.size === 0) return noFinder();
  const lookups = tables.map(lookupIn);
  const find: FindFor<Guard> = (url, target) => [
    ...new Set(lookups.flatMap((look) => look(url, target))),
  ];
  const interceptors = (page: string): readonly Guard[] => [
    ...new Set(tables.flatMap((table) => interceptorsIn(table, page))),
  ];
  return Object.assign(find, { interceptors });
}

/** Makes what finds nothing: there are no policies. */
export function noFinder(): PolicyFinder<never> {
  return Object.assign(() => [], { interceptors: () => [] });
}

type FindFor<Guard> = (url: NextRequest['nextUrl'], target: string | undefined) => readonly Guard[];

/** Policies by their paths, folded in one way: those of one path, and those of all below one. */
interface Table<Guard> {
  readonly fold: Fold;
  readonly exact: Map<string, Guard>;
  readonly below: Map<string, Guard>;
}

function tableBy<Guard>(fold: Fold): Table<Guard> {
  return { fold, exact: new Map(), below: new Map() };
}

function lookupIn<Guard>({ fold, exact, below }: Table<Guard>): FindFor<Guard> {
  const parents = [...below].sort(([a], [b]) => b.length - a.length);
  const guardAbove = (path: string): Guard | undefined =>
    parents.find(([parent]) => parent === '/' || isBelow(path, parent))?.[1];

  return (url, target) => {
    const paths = pathsOfRequest(url, target, fold);
    if (!paths) return [...exact.values(), ...below.values()];
    const found = [...paths].map((path) => exact.get(path) ?? guardAbove(path));
    return found.filter((guard) => guard !== undefined);
  };
}

/** Those for all below a page further up, and those that name an intercepting route there. */
function interceptorsIn<Guard>(
  { fold, exact, below }: Table<Guard>,
  page: string,
): readonly Guard[] {
  const path = fold(page);
  const isAbove = (parent: string): boolean => parent === '/' || isBelow(path, parent);
  const all = [...exact, ...below].filter(([pattern]) => {
    const base = interceptorsBase(pattern);
    return base !== undefined && isAbove(base || '/');
  });
  return [...[...below].filter(([parent]) => isAbove(parent)), ...all].map(([, guard]) => guard);
}

function compileInto<Guard>(
  tables: readonly Table<Guard>[],
  pattern: string,
  option: string,
  compile: () => Guard,
): readonly ConfigIssue[] {
  try {
    const guard = compile();
    const isForAllBelow = pattern.endsWith('/*');
    for (const { fold, exact, below } of tables) {
      const path = fold(isForAllBelow ? pattern.slice(0, -1) : pattern);
      (isForAllBelow ? below : exact).set(path, guard);
    }
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map((issue) => ({
      ...issue,
      option: issue.option.replace(/^policy/, option),
    }));
  }
}

type Fault = readonly [problem: string, instead: string];

const TWICE: Fault = [
  'is there twice: neither case nor a slash at the end counts',
  'leave one out',
];

/** The grammar of `open`. There, `/*` would open everything; here it is the policy of all paths that have no other. */
function faultOf(pattern: string): Fault | undefined {
  if (!pattern.startsWith('/')) return ['does not begin with /', `write '/${pattern}'`];
  const path = pattern.endsWith('/*') ? pattern.slice(0, -1) : pattern;
  if (path.includes('*')) {
    return ['has a * elsewhere than behind the last /', "write '/admin/*' for all from /admin on"];
  }
  if (!/^\/[\w.~!$&'()+,=:@/-]*$/.test(path) || /\/\/|\/\.{1,2}(?:\/|$)/.test(path)) {
    return [
      'can be read in two ways',
      'write a path without %, ;, \\, ?, #, //, dot segments and white space',
    ];
  }
  return undefined;
}

function noPolicies(given: unknown): ConfigError {
  const [problem, instead] = [
    given === undefined ? 'was given, and is undefined' : 'is no list of policies',
    "write { '/admin/*': { groups: { anyOf: ['admins'] } } }, or leave it out",
  ];
  return new ConfigError('policy-invalid', [configIssue('policies', given, problem, instead)]);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
