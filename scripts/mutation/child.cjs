// Runs first in a process that a test starts: tells which pieces of changed code it reaches, and ends with the test.
const { appendFileSync } = require('node:fs');

const { MUTATION_REACHED, MUTATION_PARENT, STRYKER_DRY_RUN } = process.env;

/** So many rounds are a loop without an end. */
const HIT_LIMIT = 1_000_000;

// The change itself is in the environment, where the changed code looks for it.
const stryker = { hitCount: 0, hitLimit: HIT_LIMIT };
if (STRYKER_DRY_RUN === 'true') {
  // At once: a server is killed before it could say anything at its end.
  const tell = (counts, id, count) => {
    if (counts[id] === undefined) appendFileSync(MUTATION_REACHED, `${id}\n`);
    counts[id] = count;
    return true;
  };
  stryker.mutantCoverage = { static: new Proxy({}, { set: tell }), perTest: {} };
}
globalThis.__stryker__ = stryker;

// Grandchildren as well: what a test that was given up leaves behind would run for ever.
const alive = () => {
  try {
    return process.kill(Number(MUTATION_PARENT), 0);
  } catch {
    return false;
  }
};
setInterval(() => alive() || process.exit(1), 500).unref();
