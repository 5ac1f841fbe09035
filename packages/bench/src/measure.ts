import { do_not_optimize, measure } from 'mitata';
import type { Settings } from './settings.js';

/** Something to measure. */
export interface Variant {
  readonly name: string;
  /** One operation. Its result is kept from being optimised away. */
  readonly run: () => unknown;
}

/** The time and memory of one operation. */
export interface Measured {
  readonly name: string;
  readonly ns: number;
  /** Of garbage; undefined without `--expose-gc`. */
  readonly bytes: number | undefined;
}

/** Measures variants in turn, several times over, and gives the smallest median of each. */
export async function measureAll(
  variants: readonly Variant[],
  { cpuMs, rounds }: Settings,
): Promise<readonly Measured[]> {
  const best = variants.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of variants.entries()) {
      const { p50 } = await measure(() => do_not_optimize(run()), { min_cpu_time: cpuMs * 1e6 });
      best[i] = Math.min(best[i] ?? 0, p50);
    }
  }
  return variants.map(({ name, run }, i) => ({ name, ns: best[i] ?? 0, bytes: bytesOf(run) }));
}

const ENOUGH_BYTES = 4_000_000;
const MOST_OPERATIONS = 20_000;

/** Bytes that one operation leaves on the heap: less than fit into the young generation, so that nothing is collected. */
function bytesOf(run: () => unknown): number | undefined {
  if (!global.gc) return undefined;
  const grown = (operations: number): number => {
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < operations; i++) do_not_optimize(run());
    return (process.memoryUsage().heapUsed - before) / operations;
  };
  const startedAt = performance.now();
  const estimate = Math.max(1, grown(20));
  const slow = (performance.now() - startedAt) / 20 > 1;
  const operations = Math.min(slow ? 50 : MOST_OPERATIONS, Math.ceil(ENOUGH_BYTES / estimate));
  // What asking itself costs is left out; below a byte it is noise.
  return Math.max(0, Math.round(Math.min(grown(operations), grown(operations))));
}
