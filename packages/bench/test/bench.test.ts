import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { compileTrust } from '@trusted-header/core';
import { formatResults } from '../src/format-results.js';
import { readmeTable } from '../src/readme-table.js';
import type { Results } from '../src/results.js';
import { makeSample } from '../src/trust/prefixes.js';
import { createModel } from '../src/trust/strict-model.js';

const RESULTS = new URL('../results/', import.meta.url);
const README = new URL('../../../README.md', import.meta.url);
const latest = (): Results => JSON.parse(readFileSync(new URL('latest.json', RESULTS), 'utf8'));

describe('makeSample', () => {
  it.each([1, 10, 1_000])(
    'makes peers of %d blocks that are in them, and that are not',
    (count) => {
      const { prefixes, hits, misses } = makeSample(count);
      const isTrusted = createModel(prefixes);
      expect(hits.slice(0, 200).filter((peer) => !isTrusted(peer))).toEqual([]);
      expect(misses.slice(0, 200).filter(isTrusted)).toEqual([]);
      expect([...hits, ...misses].filter((peer) => isIP(peer) === 0)).toEqual([]);
    },
  );

  it('makes blocks that core takes, and the same ones every time', () => {
    const { prefixes } = makeSample(100);
    expect(() => compileTrust(prefixes)).not.toThrow();
    expect(makeSample(100).prefixes).toEqual(prefixes);
  });
});

describe('the slow model', () => {
  const isTrusted = createModel(['10.0.0.0/8', '2001:db8::/32']);

  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['::ffff:a01:203', true],
    ['2001:DB8::1', true],
    ['010.1.2.3', false],
    ['11.1.2.3', false],
    ['::10.1.2.3', false],
    ['10.1.2', false],
    ['2001:db8::1%eth0', false],
    ['2001:db8:::1', false],
    ['', false],
  ])('says of “%s” %s', (peer, expected) => {
    expect(isTrusted(peer)).toBe(expected);
  });
});

describe('results', () => {
  it('are formatted as they are kept', () => {
    expect(readFileSync(new URL('README.md', RESULTS), 'utf8')).toBe(formatResults(latest()));
  });

  it('are of a whole run', () => {
    expect(latest()).toMatchObject({ quick: false });
    expect(Object.keys(latest()).sort()).toEqual([
      'assertion',
      'decision',
      'frameworks',
      'machine',
      'quick',
      'sizes',
      'trust',
    ]);
  });

  it('has us without a wrong answer', () => {
    const ours = latest().trust?.wrong.find(({ name }) => name === '@trusted-header/core');
    expect(ours).toMatchObject({ missed: 0, wronglyTrusted: 0 });
  });

  it('are in the README of the repository (UPDATE_GOLDEN=1 writes them)', () => {
    const text = readFileSync(README, 'utf8');
    const [before = '', rest = ''] = text.split('<!-- bench -->\n');
    const after = rest.slice(rest.indexOf('<!-- /bench -->'));
    const expected = `${before}<!-- bench -->\n\n${readmeTable(latest())}\n\n${after}`;
    if (process.env['UPDATE_GOLDEN']) writeFileSync(README, expected);
    const words = (one: string): string => one.replaceAll(/[\s-]+/g, ' ');
    expect(words(readFileSync(README, 'utf8'))).toBe(words(expected));
  });
});

describe('the command', () => {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });

  it('measures a part of it, and says that it was quick', () => {
    const { status, stdout } = run('--quick', '--only', 'decision');
    expect(status).toBe(0);
    expect(stdout).toMatch(/do not quote it/);
    expect(stdout).toMatch(/\| trusted-header, refused \| [\d,.]+ \|/);
  }, 60_000);

  it('refuses a part that there is not', () => {
    const { status, stderr } = run('--only', 'everything');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        '--only everything: is not a part; write trust, decision, assertion, frameworks, sizes\n',
    });
  });
});
