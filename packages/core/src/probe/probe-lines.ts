import { matchName } from '../headers/header-name.js';
import { trimOws } from '../headers/trim-ows.js';
import { isPlaceholder } from '../identity/is-placeholder.js';
import { canaryIn } from './canary.js';

/** A header line as it arrived. Of its value only what the probe has sent itself is ever shown. */
export interface ProbeLine {
  /** As the runtime gives it. */
  readonly name: string;
  /** Counted from 1, among all lines. */
  readonly position: number;
  /** The probe's own text in it. */
  readonly canary?: string;
  /** There is a value of somebody else's, or an empty one. */
  readonly present?: true;
  /** That value is a variable which the proxy has not replaced. */
  readonly placeholder?: true;
  /** Of `Connection`: which identity headers it names, and the usual options. */
  readonly tokens?: readonly string[];
}

/** More than this many are not shown. */
const MOST_LINES = 200;

const USUAL_TOKENS = ['close', 'keep-alive', 'upgrade'];

/**
 * Lists the lines that tell what became of the probe's headers: those with its text in them, under whatever name; identity headers,
 * their aliases and proofs, of whatever value; `Connection`, which can remove a header on the way.
 *
 * Shows no value but the probe's own.
 */
export function probeLines(
  rawLines: readonly string[],
  isIdentityHeader: (name: string) => boolean,
): readonly ProbeLine[] {
  const lines: ProbeLine[] = [];
  for (let i = 0; i + 1 < rawLines.length && lines.length < MOST_LINES; i += 2) {
    const name = String(rawLines[i]);
    const value = String(rawLines[i + 1]);
    const shown = show(name, value, isIdentityHeader);
    if (shown) lines.push({ name, position: i / 2 + 1, ...shown });
  }
  return lines;
}

function show(
  name: string,
  value: string,
  isIdentityHeader: (name: string) => boolean,
): Omit<ProbeLine, 'name' | 'position'> | undefined {
  const canary = canaryIn(value);
  if (matchName(name, 'connection') === 'same') {
    const tokens = value.split(',').map(trimOws).filter(isShown);
    return { ...(canary !== undefined && { canary }), tokens };
  }
  if (canary !== undefined) return { canary };
  if (!isIdentityHeader(name)) return undefined;
  return { present: true, ...(isPlaceholder(trimOws(value)) && { placeholder: true }) };

  function isShown(token: string): boolean {
    return USUAL_TOKENS.includes(token.toLowerCase()) || isIdentityHeader(token);
  }
}
