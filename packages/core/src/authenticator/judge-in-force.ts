import type { Judge } from './judge-source.js';

/** Which judge requests come before: that of the list in force, and none while header login is off (D6). */
export interface JudgeInForce {
  get(): Judge | undefined;
  set(judge: Judge | undefined): void;
}

/** Makes the place that it is kept in. */
export function createJudgeInForce(): JudgeInForce {
  let inForce: Judge | undefined;
  return {
    get: () => inForce,
    set(judge) {
      inForce = judge;
    },
  };
}
