import type { ConformanceCase } from '../case.js';
import type { ConformanceTarget } from '../target.js';
import { createRig, type Rig } from './create-rig.js';

/**
 * Runs one case against a target, and rejects with what was expected and what came. Knows no test framework.
 *
 * A case in the target's `expectedFailures` must fail: if it passes, that is an error too.
 */
export async function runCase(
  conformanceCase: ConformanceCase,
  target: ConformanceTarget,
): Promise<void> {
  const rig = createRig(target);
  try {
    await runCaseOn(rig, conformanceCase, target.expectedFailures?.[conformanceCase.id]);
  } finally {
    await rig.close();
  }
}

/** Runs one case on a rig. @param reason Why it must fail. */
export async function runCaseOn(
  rig: Rig,
  conformanceCase: ConformanceCase,
  reason: string | undefined,
): Promise<void> {
  if (reason === undefined) return rig.run(conformanceCase);
  const failed = await rig.run(conformanceCase).then(
    () => false,
    () => true,
  );
  if (!failed) {
    throw new Error(
      `unexpected pass: take ${conformanceCase.id} out of expectedFailures (${reason})`,
    );
  }
}
