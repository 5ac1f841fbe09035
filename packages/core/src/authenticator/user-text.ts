import type { FieldLines } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import type { ClaimFault } from '../identity/read-identity.js';
import type { Outcome } from './outcome.js';

/** Adds the user as a malformed claim writes them, for a log that may name users (D3). */
export function withUserText(refused: Outcome, { reason }: ClaimFault, lines: FieldLines): Outcome {
  return reason === 'header-malformed' ? { ...refused, userText: textOf(lines) } : refused;
}

/** What stands in a header that may have one line only; undefined for nothing. */
function textOf(lines: FieldLines): string | undefined {
  return typeof lines === 'string' && trimOws(lines) !== '' ? trimOws(lines) : undefined;
}
