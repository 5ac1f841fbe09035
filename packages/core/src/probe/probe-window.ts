import { isOneOf } from '../authenticator/equal-secrets.js';
import { sharedState } from '../config/shared-state.js';
import { matchName } from '../headers/header-name.js';
import { trimOws } from '../headers/trim-ows.js';
import { checkProbeToken, PROBE_VARIABLE } from './probe-token.js';

/** The header that bears the token, and the one that tells the receiver's answer from an application's. */
export const PROBE_HEADER = 'Trusted-Header-Probe';
const LOWER = PROBE_HEADER.toLowerCase();

/** For how long the receiver answers, from the start of the process's first adapter on. No setting changes it. */
const OPEN_MS = 15 * 60_000;

/** What the receiver needs of where it runs. */
export interface ProbeHost {
  /** Writes a line for the operator. */
  notify(line: string): void;
  /** Calls back once, later; absent where nothing may wait, and then the line about the end comes with the next probe. */
  later?(callback: () => void, ms: number): void;
}

/** While the probe may ask. */
export interface ProbeWindow {
  /** Tells whether a request is the probe's: it has the token, on exactly one line, in time. */
  isProbe(rawHeaders: readonly string[]): boolean;
}

/** One for a process, whatever copies of this module and adapters there are (A8): a second one would be open for longer. */
const opened = sharedState<{ window?: ProbeWindow }>('probe', () => ({}));

/**
 * Opens the probe's receiver where the operator has set a token, for fifteen minutes from the first call in this process on.
 *
 * @param token What `TRUSTED_HEADER_PROBE` is. Undefined and empty: there is no receiver.
 * @throws {ConfigError} `option-invalid`, for a token that can be guessed.
 */
export function openProbeWindow(
  token: string | undefined,
  host: ProbeHost,
): ProbeWindow | undefined {
  if (token === undefined || token === '') return undefined;
  checkProbeToken(token);
  opened.window ??= createWindow(token, host);
  return opened.window;
}

/** Tells whether a header is the token's, or an alias of it, in a process that has a receiver: nobody behind may see it (H10). */
export function isProbeHeader(name: string): boolean {
  return hasProbe() && matchName(name, LOWER) !== undefined;
}

/** Tells whether this process has a receiver, open or not. */
export function hasProbe(): boolean {
  return opened.window !== undefined;
}

function createWindow(token: string, { notify, later }: ProbeHost): ProbeWindow {
  const start = performance.now();
  const end = Date.now() + OPEN_MS;
  const tokens = [token];
  let isOver = false;
  const until = new Date(end).toISOString().replace(/\.\d+/, '');
  notify(
    `${PROBE_VARIABLE} is set: until ${until}, whoever sends its token is told how requests arrive here, and no handler runs; unset it when you have probed`,
  );
  later?.(isOpen, OPEN_MS);
  return { isProbe };

  function isProbe(rawHeaders: readonly string[]): boolean {
    const value = onlyValue(rawHeaders);
    return value !== undefined && isOpen() && isOneOf(trimOws(value), tokens);
  }

  function isOpen(): boolean {
    if (isOver) return false;
    // The one stands still while the machine sleeps, the other is set: whichever is first.
    if (performance.now() - start < OPEN_MS && Date.now() < end) return true;
    isOver = true;
    notify(OVER);
    return false;
  }
}

const OVER = `the fifteen minutes of ${PROBE_VARIABLE} are over, and its token counts no more; start the process again to probe again, or unset it`;

/** Gives what the token's header says, if it stands on one line only. */
function onlyValue(rawHeaders: readonly string[]): string | undefined {
  // An application may tell facts of its own.
  if (!Array.isArray(rawHeaders)) return undefined;
  let value: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name: unknown = rawHeaders[i];
    if (typeof name !== 'string' || matchName(name, LOWER) !== 'same') continue;
    if (value !== undefined) return undefined;
    value = String(rawHeaders[i + 1]);
  }
  return value;
}
