import type { ConformanceCase } from '../case.js';
import { claimValues } from './claim-values.js';
import { mismatch } from './mismatch.js';

/** Checks the lines that a case made the adapter log (D3): as many as expected, and never a header's value. */
export function checkLog({ log, conversations }: ConformanceCase, lines: readonly string[]): void {
  const secrets = conversations.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ send }) => claimValues(send)),
  );
  for (const line of lines) {
    // What a route asks for is configuration, though somebody may have sent the same.
    const rest = line.replaceAll('"admin"', '');
    const leak = secrets.find((secret) => rest.includes(secret));
    if (leak !== undefined) throw mismatch('a log line', `nothing about ${leak}`, line);
    if (/[\r\n]/.test(line)) throw mismatch('a log line', 'one line', line);
  }
  if (!log) return;
  if (lines.length !== log.length) throw mismatch('the log', `${log.length} lines`, lines);
  log.forEach((texts, i) => {
    const missing = texts.find((text) => !lines[i]?.includes(text));
    if (missing !== undefined) throw mismatch(`log line ${i + 1}`, missing, lines[i]);
  });
}
