import { inspect, isDeepStrictEqual } from 'node:util';

/** Makes the error that tells what was expected and what came. */
export function mismatch(what: string, expected: unknown, got: unknown): Error {
  return new Error(`${what}\n  expected: ${show(expected)}\n  got:      ${show(got)}`);
}

/** Throws unless both are deeply equal. */
export function expectEqual(what: string, got: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(got, expected)) throw mismatch(what, expected, got);
}

function show(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: 100, maxStringLength: 400 });
}
