// Runs the conformance suite without a test runner, since each runtime has its own: prints what failed, as JSON.
import { defineConformance } from '@trusted-header/conformance';

/** @param target An application of the framework under test. */
export async function runSuite(target) {
  const tests = [];
  const ends = [];
  defineConformance(target, {
    describe: (_, define) => define(),
    it: (name, run) => tests.push({ name, run }),
    afterAll: (end) => ends.push(end),
  });
  const failures = [];
  for (const { name, run } of tests) {
    const failure = await within(20_000, run()).then(
      () => undefined,
      (error) => String(error?.message ?? error).replace(/\s+/g, ' '),
    );
    if (failure !== undefined) failures.push({ id: name.replace(/[: ].*/s, ''), failure });
  }
  for (const end of ends) await within(5_000, end()).catch(() => undefined);
  console.log(`suite ${JSON.stringify({ count: tests.length, failures })}`);
}

function within(ms, promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(reject, ms, new Error(`no answer in ${ms} ms`))),
  ]);
}
