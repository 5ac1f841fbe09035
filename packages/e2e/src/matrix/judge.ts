import type { Attack, Flow, Harmless } from '../cases/case.js';

/** What came of a case with one application. */
export interface Outcome {
  readonly seen: string;
  readonly isGood: boolean;
}

/** A flow is good where exactly what was expected is seen. */
export function judgeFlow({ expected }: Flow, seen: string): Outcome {
  return { seen, isGood: seen === expected };
}

/** An attack has failed, which is good, where each answer to it is harmless in a way that its case allows. */
export function judgeAttack({ allowed }: Attack, seen: string): Outcome {
  const kinds = seen.split(', ').map(harmOf);
  return { seen, isGood: kinds.every((kind) => kind !== undefined && allowed.includes(kind)) };
}

/** Only what is listed here is harmless: of answers with 200, those that say nothing at all. */
function harmOf(word: string): Harmless | undefined {
  if (word === 'own' || word === 'anonymous') return word;
  if (['portal', 'closed', 'silence', '200 empty'].includes(word)) return 'refused';
  if (/^(4\d\d|501|505)\b/.test(word)) return 'refused';
  return /^50[023]\b/.test(word) ? 'error' : undefined;
}
