import { canaryMaker } from './canary.js';
import type { Planted } from './cases/case.js';
import type { ReceiverReport } from './read-report.js';
import type { WireRequest } from './wire/wire-request.js';

const MARK = /^th-probe-[0-9a-f]{16}-request-\d{3}$/;

/** Bears the mark beside `User-Agent`, which some proxies write themselves. */
export const MARK_HEADER = 'Trusted-Header-Probe-Mark';

/** Makes the marks of one run, each for one request: by its own, a report shows which request it is about. */
export function marker(nonce?: string): (request: WireRequest) => WireRequest & { mark: string } {
  const canary = canaryMaker(nonce);
  let count = 0;
  return (request) => {
    count += 1;
    // All of one length, so that two reports are as long as each other.
    const mark = canary(`request-${String(count).padStart(3, '0')}`);
    const lines = request.lines.flatMap((line) =>
      line.startsWith('User-Agent: ') ? [`${line} (${mark})`, `${MARK_HEADER}: ${mark}`] : [line],
    );
    return { ...request, lines, mark };
  };
}

/** Tells whether a line of a report is there for the mark in it. */
export function isMarked(canary: string | undefined): boolean {
  return canary !== undefined && MARK.test(canary);
}

/** Whose report it is: of the request with that mark, or with those names in it; of another one; or of one that does not show. */
export function aboutWhich(
  { lines, trailers, believed }: ReceiverReport,
  mark: string,
  planted: readonly Planted[] = [],
): 'this' | 'another' | 'hidden' {
  const shown = [...lines, ...trailers, ...believed].map(({ canary }) => canary);
  const own = [mark, ...planted.map(({ canary }) => canary)];
  if (own.some((canary) => shown.includes(canary))) return 'this';
  return shown.some(isMarked) ? 'another' : 'hidden';
}
