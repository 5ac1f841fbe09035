import { PADDING } from './cases/protocol-cases.js';
import { checkSettings } from './check-settings.js';
import { marker } from './mark.js';
import { controlOf, planTrials, spotsOf } from './plan.js';
import type { ProbeSettings } from './settings.js';
import { http2Headers } from './wire/send-http2.js';
import { encodeHttp1, type WireRequest } from './wire/wire-request.js';

/** One request as it would be written, with names in the place of the token and the cookie. */
export interface DryRequest {
  readonly title: string;
  /** Without line ends. */
  readonly lines: readonly string[];
}

/** Writes down every request of a run, and sends none. */
export function dryRun(settings: ProbeSettings): readonly DryRequest[] {
  const checked = {
    ...checkSettings(settings),
    ...(settings.token !== undefined && { token: '<TRUSTED_HEADER_PROBE>' }),
    ...(settings.cookie !== undefined && { cookie: '<cookie-file>' }),
  };
  const marked = marker();
  const spots = spotsOf(checked);
  const controls = spots.map((spot) => ({
    title: `control, ${spot.vantage}, ${spot.place.target.url}`,
    lines: linesOf(marked(controlOf(checked, spot)), spot.place.target.scheme),
  }));
  const trials = planTrials(checked, spots, () => checked).map(
    ({ probeCase: { id, title }, spot, request }) => ({
      title: `${id}: ${title}, ${spot.vantage}, ${spot.place.target.url}`,
      lines: linesOf(marked(request), spot.place.target.scheme),
    }),
  );
  return [...controls, ...trials].slice(0, checked.maxRequests);
}

function linesOf(request: WireRequest, scheme: 'http' | 'https'): readonly string[] {
  const { before, ...last } = request;
  if (before) return [...linesOf(before, scheme), ...linesOf(last, scheme)];
  if (request.protocol === '1.1' || request.protocol === '1.0') {
    return withoutPadding(encodeHttp1(request).split('\r\n'));
  }
  return Object.entries(http2Headers(request, scheme)).map(
    ([name, value]) => `${name}: ${String(value)}`,
  );
}

/** Of a thousand lines that only fill, the first and their number. */
function withoutPadding(lines: readonly string[]): readonly string[] {
  const isPadding = (line: string): boolean =>
    /^\d/.test(line.slice(PADDING.length)) && line.startsWith(PADDING);
  const first = lines.findIndex(isPadding);
  if (first < 0) return lines;
  const rest = lines.slice(first).filter(isPadding);
  return [
    ...lines.slice(0, first + 1),
    `[… ${rest.length - 1} more, the last: ${rest.at(-1) ?? ''}]`,
    ...lines.slice(first + rest.length),
  ];
}
