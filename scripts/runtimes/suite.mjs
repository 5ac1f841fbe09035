// Runs the conformance suite without a test runner, since each runtime has its own: stands in the place of `@jest/globals`, and
// prints what failed, as JSON.
const tests = [];
const ends = [];

export const describe = (_, define) => define();
export const it = (name, run) => tests.push({ name, run });
export const afterAll = (end) => ends.push(end);

/**
 * @param expected Why cases must fail here, by their ids.
 * @param only The id of a case, to run no other.
 */
export async function runSuite(expected, only) {
  const failures = [];
  const wanted = tests
    .map(({ name, run }) => ({ id: name.replace(/[: ].*/s, ''), run }))
    .filter(({ id }) => only === undefined || id === only);
  for (const { id, run } of wanted) {
    const failure = await within(20_000, run()).then(
      () => undefined,
      (error) => String(error?.message ?? error).replace(/\s+/g, ' '),
    );
    const isExpected = Object.hasOwn(expected, id);
    if (failure === undefined && isExpected) failures.push({ id, failure: 'passes, unexpectedly' });
    else if (failure !== undefined && !isExpected) failures.push({ id, failure });
  }
  for (const end of ends) await within(5_000, end()).catch(() => undefined);
  console.log(`suite ${JSON.stringify({ count: wanted.length, failures })}`);
}

function within(ms, promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(reject, ms, new Error(`no answer in ${ms} ms`))),
  ]);
}
