import { describe, expect, it } from '@jest/globals';
import { conformanceCases, defineConformance } from '../src/index.js';
import { credulous, toyTarget } from './toy-targets.js';

/** A test framework that keeps what is defined, and runs nothing by itself. */
function recordTests(expectedFailures?: Readonly<Record<string, string>>) {
  const tests = new Map<string, () => Promise<void>>();
  let close: () => Promise<void> = async () => undefined;
  defineConformance(toyTarget(credulous, expectedFailures), {
    describe: (_, define) => define(),
    it: (name, run) => tests.set(name, run),
    afterAll: (run) => {
      close = run;
    },
  });
  return { tests, close: () => close() };
}

describe('defineConformance', () => {
  it('defines one test for every case, named after it', () => {
    const { tests } = recordTests();
    expect(tests.size).toBe(conformanceCases.length);
    expect([...tests.keys()]).toContain('stranger-user: the smallest forgery');
  });

  it('gives tests that reject where the target does not conform', async () => {
    const { tests, close } = recordTests();
    await expect(tests.get('stranger-user: the smallest forgery')?.()).rejects.toThrow(
      'the status',
    );
    await close();
  });

  it('runs expected failures all the same, and says why they fail', async () => {
    const { tests, close } = recordTests({ 'stranger-user': 'believes everybody' });
    await tests.get('stranger-user fails as expected: believes everybody')?.();
    await close();
  });

  it('refuses an expected failure that no case has', () => {
    expect(() => recordTests({ 'stranger-usr': 'a typing error' })).toThrow(
      'expectedFailures: no such case: stranger-usr',
    );
  });
});

describe('the cases', () => {
  it('have names that are stable, and each its own', () => {
    const ids = conformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('say why they exist', () => {
    expect(conformanceCases.filter(({ why }) => why.length < 10)).toEqual([]);
  });
});
