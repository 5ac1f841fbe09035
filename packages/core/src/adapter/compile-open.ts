import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { sharedState } from '../config/shared-state.js';
import { createSlot, type Slot } from './create-slot.js';
import type { RequestShape } from './same-origin.js';

/** Tells whether a request target, as the client wrote it, is open. */
export type OpenTest = (target: string | undefined) => boolean;

/**
 * Compiles the paths on which nobody may pass (D6).
 *
 * A router reads the path again, and may read it differently: so a target is compared undecoded and whole, without its
 * query, and one that can be read in two ways is never open: `%`, `;`, `\`, `#`, `//`, dot segments, an absolute form,
 * whatever is no character of a path in RFC 3986.
 *
 * @param patterns `/healthz` for exactly this path, `/public/*` for what is below.
 * @throws {ConfigError} `option-invalid`, with every bad pattern.
 */
export function compileOpen(patterns: readonly string[] = []): OpenTest {
  checkPatterns(patterns);
  const exact = new Set(patterns);
  const below = patterns.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
  if (patterns.length === 0) return () => false;

  return (target) => {
    if (typeof target !== 'string') return false;
    const end = target.indexOf('?');
    const path = end < 0 ? target : target.slice(0, end);
    if (!isPlain(path)) return false;
    return exact.has(path) || below.some((prefix) => path.startsWith(prefix));
  };
}

/** Which paths are open for a request, where something behind the adapter asks. Only where there are any. */
const openTests = sharedState<Slot<OpenTest>>('open', createSlot);

/** Keeps what is open for a request, by its shape. */
export function keepOpen(shape: RequestShape, isOpen: OpenTest): void {
  openTests.set(shape, isOpen);
}

/** Tells whether a request's path is open: the proxy names nobody there, which says nothing about who is asking. */
export function isOpenPath(shape: RequestShape | undefined): boolean {
  return shape !== undefined && openTests.get(shape)?.(shape.target) === true;
}

/** What every router reads in the same way. */
function isPlain(path: string): boolean {
  return /^\/[\w.~!$&'()*+,=:@/-]*$/.test(path) && !/\/\/|\/\.{1,2}(?:\/|$)/.test(path);
}

function checkPatterns(patterns: unknown): void {
  if (!Array.isArray(patterns)) {
    throw new ConfigError('option-invalid', [
      configIssue('open', patterns, 'is no list of paths', "write ['/healthz', '/public/*']"),
    ]);
  }
  const issues = Array.from<unknown>(patterns).flatMap((pattern, i) => {
    const fault = faultOf(pattern);
    return fault ? configIssue(`open[${i}]`, pattern, ...fault) : [];
  });
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function faultOf(pattern: unknown): readonly [problem: string, instead: string] | undefined {
  if (typeof pattern !== 'string') return ['is no path', "write '/healthz'"];
  if (pattern === '/*' || pattern === '*') {
    return ['opens everything', "write anonymous: 'allow', if that is meant"];
  }
  if (!pattern.startsWith('/')) return ['does not begin with /', `write '/${pattern}'`];
  const path = pattern.endsWith('/*') ? pattern.slice(0, -1) : pattern;
  if (path.includes('*')) {
    return ['has a * elsewhere than behind the last /', "write '/public/*' for all below /public/"];
  }
  if (!isPlain(path)) {
    return [
      'can be read in two ways, and no target would match it',
      'write a path without %, ;, \\, ?, #, //, dot segments and white space',
    ];
  }
  return undefined;
}
