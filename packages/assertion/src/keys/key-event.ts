/** What became of the keys, for the operator. Holds nothing that the other side sent. */
export type KeyEvent =
  | {
      readonly kind: 'changed';
      readonly url: string;
      /** How many keys there are now, and how many of them are new; how many are gone. */
      readonly keys: number;
      readonly added: number;
      readonly removed: number;
    }
  | {
      readonly kind: 'failed';
      readonly url: string;
      /** `status 500`, `ECONNREFUSED`, `more than 65536 bytes` … */
      readonly problem: string;
      /** Whether there are keys from before, so that tokens of known keys are still verified. */
      readonly keysLeft: boolean;
    };

/** Words it in one line. */
export function keyLine(provider: string, event: KeyEvent): string {
  if (event.kind === 'changed') {
    const { url, keys, added, removed } = event;
    return `${provider}: ${keys} ${keys === 1 ? 'key' : 'keys'} at ${url} (${added} new, ${removed} gone)`;
  }
  const effect = event.keysLeft
    ? 'tokens of the keys from before are still verified'
    : 'assertions are refused with 503 until it answers';
  return `${provider}: no keys from ${event.url}: ${event.problem}; ${effect}`;
}
