import { afterAll, describe, it } from '@jest/globals';
import { conformanceCases, defineConformance, runCase } from '@trusted-header/conformance';
import { copyingHonoTarget, honoTarget } from './conformance-target.js';

defineConformance(honoTarget, { describe, it, afterAll });

describe('behind a middleware that copies requests', () => {
  for (const id of ['all-four-headers', 'ignored-claim-is-stripped', 'trailer-with-user']) {
    const found = conformanceCases.find((each) => each.id === id);
    if (!found) throw new Error(`no such case: ${id}`);
    it(`${id} conforms`, () => runCase(found, copyingHonoTarget));
  }
});
