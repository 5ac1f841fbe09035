import type { FieldLines } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';

/** Gives the user as a malformed claim writes them, for a log that may name users (D3); undefined for nothing. */
export function userText(lines: FieldLines): string | undefined {
  return typeof lines === 'string' && trimOws(lines) !== '' ? trimOws(lines) : undefined;
}
