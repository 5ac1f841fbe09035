import { PROBE_VERSION, type ProbeReport } from './probe-report.js';
import { PROBE_HEADER } from './probe-window.js';

/** What the probe gets. */
export interface ProbeAnswer {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const HEADERS = Object.freeze({
  'content-type': 'application/json',
  'cache-control': 'no-store',
  [PROBE_HEADER.toLowerCase()]: String(PROBE_VERSION),
});

/** Writes a report as an answer, which no cache may keep. */
export function probeAnswer(report: ProbeReport): ProbeAnswer {
  return { status: 200, headers: HEADERS, body: JSON.stringify(report) };
}
