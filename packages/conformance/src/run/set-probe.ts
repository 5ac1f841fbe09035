import { sharedState } from '@trusted-header/core';
import { PROBE_TOKEN } from './probe-token.js';

/** The environment and the clock of a case about the probe. */
export interface ProbeSetting {
  /** Lets so many minutes pass, by the clock that nobody sets. */
  passTime(minutes: number): void;
  /** Puts both back. */
  reset(): void;
}

/** Sets the token in this process's environment, where a case wants it. */
export function setProbe(isWanted: boolean): ProbeSetting {
  if (isWanted) process.env.TRUSTED_HEADER_PROBE = PROBE_TOKEN;
  // In Bun it is the object's own.
  const own = Object.getOwnPropertyDescriptor(performance, 'now');
  return {
    passTime(minutes) {
      const now = performance.now.bind(performance);
      const later = () => now() + minutes * 60_000;
      Object.defineProperty(performance, 'now', { value: later, configurable: true });
    },
    reset() {
      if (isWanted) delete process.env.TRUSTED_HEADER_PROBE;
      // A process has one receiver, which never opens again: each case stands for a process of its own.
      sharedState<{ window?: unknown }>('probe', () => ({})).window = undefined;
      if (own) Object.defineProperty(performance, 'now', own);
      else Reflect.deleteProperty(performance, 'now');
    },
  };
}
