import { trimOws } from '../headers/trim-ows.js';

/** One element of a header such as `Accept`, in lower case, and its weight from 0 to 1. */
export type Weighted = readonly [value: string, weight: number];

/**
 * Reads a header that weighs what a client prefers (RFC 9110 section 12.4.2). Total: a weight that is none counts as 0, other
 * parameters are passed over, and so is what comes after 4 096 characters.
 */
export function readWeighted(header: string | undefined): readonly Weighted[] {
  if (typeof header !== 'string') return [];
  return header.slice(0, LONGEST).split(',').map(readElement);
}

const LONGEST = 4096;
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

function readElement(element: string): Weighted {
  const [value = '', ...parameters] = element.split(';').map((part) => trimOws(part).toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return [value, WEIGHT.test(q) ? Number(q) : 0];
}
