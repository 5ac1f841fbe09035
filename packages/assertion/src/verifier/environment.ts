/** What the verifier takes from outside. Tests put clocks and exchanges of their own here. */
export interface Environment {
  /** Seconds since 1970, for what tokens say. */
  now(): number;
  /** Milliseconds that never step back, for how long ago something was. */
  clock(): number;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** For a whole exchange: connection, headers and body. */
  readonly timeoutMs: number;
}

export const realEnvironment: Environment = {
  now: () => Date.now() / 1000,
  clock: () => performance.now(),
  fetch: (url, init) => fetch(url, init),
  timeoutMs: 5_000,
};
