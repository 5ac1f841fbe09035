import { isCliError } from '../cli-error.js';
import { placeTitle } from '../probe/format/words.js';
import { runProbe } from '../probe/run-probe.js';
import type { ProbeOutcome, ProbeResult, ProbeSettings } from '../probe/settings.js';
import type { Line, LineIo } from './lines.js';
import { outcomeLine } from './probe-lines.js';

const EVERY_MS = 60_000;

/** Tries again every minute, and prints the cases that have come out differently. Ends when the process does. */
export async function watchProbe(
  settings: ProbeSettings,
  first: ProbeResult,
  io: LineIo,
  report: (result: ProbeResult, previous: ProbeResult) => Promise<void>,
  isJson = false,
): Promise<void> {
  let previous = first;
  while (await io.pause(EVERY_MS)) {
    const result = await again(settings, io);
    if (result === undefined) continue;
    const changed = result.outcomes.filter((outcome) => hasChanged(outcome, previous));
    // Nothing but JSON may stand between two results.
    if (!isJson)
      io.print(changed.length === 0 ? ['nothing has changed'] : changedLines(result, changed));
    await report(result, previous);
    previous = result;
  }
}

/** Where it has changed is said as well: with several paths each case is there several times. */
function changedLines(result: ProbeResult, changed: readonly ProbeOutcome[]): Line[] {
  return result.places.flatMap(({ vantage, path }): Line[] => {
    const here = changed.filter((one) => one.vantage === vantage && one.path === path);
    return here.length === 0 ? [] : [placeTitle(result, vantage, path), ...here.map(outcomeLine)];
  });
}

/** A proxy that is being restarted is no reason to end. */
async function again(settings: ProbeSettings, io: LineIo): Promise<ProbeResult | undefined> {
  try {
    return await runProbe(settings);
  } catch (error) {
    if (!isCliError(error)) throw error;
    io.note([error.message]);
    return undefined;
  }
}

function hasChanged(outcome: ProbeOutcome, { outcomes }: ProbeResult): boolean {
  const before = outcomes.find(
    ({ title, vantage, path }) =>
      title === outcome.title && vantage === outcome.vantage && path === outcome.path,
  );
  return before?.verdict !== outcome.verdict || before.level !== outcome.level;
}
