import type { Vantage } from '../cases/case.js';
import type { ProbeResult } from '../settings.js';

/** Names a path from one side, for people. */
export function placeTitle({ url, direct }: ProbeResult, vantage: Vantage, path: string): string {
  return vantage === 'front'
    ? `through the proxy, ${url}${path}`
    : `past the proxy, ${direct ?? ''}${path}`;
}
