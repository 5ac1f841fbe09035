import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { toJunit } from '../src/probe/format/junit.js';
import { toSarif } from '../src/probe/format/sarif.js';
import { exitCodeOf } from '../src/probe/format/severity.js';
import type { ProbeOutcome, ProbeResult } from '../src/probe/index.js';

const SAFE: ProbeOutcome = {
  id: 'TH-P-PLAIN',
  title: 'all identity headers, as the proxy writes them',
  rule: 'ASVS 5.0 V4.1.3',
  vantage: 'front',
  path: '/',
  verdict: 'safe',
  level: 'none',
  says: 'did not arrive',
  headers: [],
};
const ERROR: ProbeOutcome = {
  ...SAFE,
  id: 'TH-P-GROUPS',
  verdict: 'leak',
  level: 'error',
  says: 'believed: "a" & <b>\u0000\u001b\ud800',
  headers: ['Remote-Groups'],
};
const WARNING: ProbeOutcome = { ...ERROR, id: 'TH-P-DOT', level: 'warning' };
const UNKNOWN: ProbeOutcome = { ...SAFE, id: 'TH-P-HEAD', verdict: 'unknown', says: 'no answer' };

/** The receiver was met past the proxy alone, or the other way about. */
const ELSEWHERE: ProbeOutcome = { ...UNKNOWN, vantage: 'direct' };

const RESULT: ProbeResult = {
  url: 'https://app.example.com',
  direct: 'http://10.0.0.5:3000',
  receiver: 'met',
  reads: ['Remote-User', 'Remote-Groups'],
  places: [
    { vantage: 'front', path: '/', met: true, says: 'the receiver answers' },
    { vantage: 'direct', path: '/', met: false, says: 'no connection (ECONNREFUSED)' },
  ],
  outcomes: [SAFE, ERROR, WARNING, UNKNOWN],
  leftOut: [],
  requests: 4,
};

const CADDYFILE =
  'app.example.com {\n\treverse_proxy app:3000 {\n\t\theader_up remote_groups x\n\t}\n}\n';

describe('SARIF', () => {
  // What GitHub reads: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
  const { resolve } = createRequire(import.meta.url);
  const schema: unknown = JSON.parse(
    readFileSync(resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  // One of its patterns is none where they are read as Unicode.
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema instanceof Object ? schema : {});

  it.each([
    ['with the place in a file', { path: './conf/my Caddyfile', text: CADDYFILE }],
    ['without a file', undefined],
  ])('is what its schema says, %s', (_, config) => {
    const log: unknown = JSON.parse(toSarif(RESULT, config));
    expect([validate(log), validate.errors]).toEqual([true, null]);
  });

  it('is not said to be so whatever it is', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [{ level: 'high' }] }] })).toBe(false);
  });

  it('has the findings alone, with the line that names the header', () => {
    const { runs } = JSON.parse(toSarif(RESULT, { path: './conf/my Caddyfile', text: CADDYFILE }));
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'TH-P-GROUPS',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'conf/my%20Caddyfile' },
              region: { startLine: 3 },
            },
          },
        ],
        partialFingerprints: { 'trustedHeaderProbe/v1': 'TH-P-GROUPS:front:/' },
      },
      { ruleId: 'TH-P-DOT', level: 'warning' },
    ]);
    const [{ tool, results }] = runs;
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('TH-P-GROUPS');
  });
});

describe('JUnit', () => {
  function elementsOf(xml: string): readonly (readonly [name: string, attributes: object])[] {
    const elements: (readonly [string, object])[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
      elements.push([name, { ...attributes }]);
    });
    parser.write(xml).close();
    return elements;
  }

  it('has a suite for each path from each side, and a test for each case', () => {
    expect(elementsOf(toJunit(RESULT, 'error'))).toEqual([
      [
        'testsuites',
        { name: 'trusted-header-probe', tests: '4', failures: '1', errors: '0', skipped: '1' },
      ],
      [
        'testsuite',
        {
          name: 'through the proxy, https://app.example.com/',
          tests: '4',
          failures: '1',
          errors: '0',
          skipped: '1',
        },
      ],
      ['testcase', named('TH-P-PLAIN')],
      ['system-out', {}],
      ['testcase', named('TH-P-GROUPS')],
      ['failure', { type: 'error', message: 'believed: "a" & <b>???' }],
      ['testcase', named('TH-P-DOT')],
      ['system-out', {}],
      ['testcase', named('TH-P-HEAD')],
      ['skipped', { message: 'no answer' }],
      [
        'testsuite',
        {
          name: 'past the proxy, http://10.0.0.5:3000/',
          tests: '0',
          failures: '0',
          errors: '0',
          skipped: '0',
        },
      ],
    ]);
  });

  it('has what was left out as skipped, and not as passed', () => {
    const leftOut = [{ id: 'TH-P-GROUPS', vantage: 'direct', path: '/' }] as const;
    const elements = elementsOf(toJunit({ ...RESULT, outcomes: [SAFE], leftOut }, 'error'));
    expect(elements[0]).toEqual([
      'testsuites',
      { name: 'trusted-header-probe', tests: '2', failures: '0', errors: '0', skipped: '1' },
    ]);
    expect(elements.slice(-2)).toEqual([
      [
        'testcase',
        {
          classname: 'trusted-header.probe.direct',
          name: 'TH-P-GROUPS: the groups alone',
        },
      ],
      ['skipped', { message: 'left out by the bound on requests' }],
    ]);
  });

  it('has failures for warnings too, where they make the command fail', () => {
    const failures = elementsOf(toJunit(RESULT, 'warning')).filter(([name]) => name === 'failure');
    expect(failures).toHaveLength(2);
  });

  function named(id: string) {
    return {
      classname: 'trusted-header.probe.front',
      name: `${id}: all identity headers, as the proxy writes them`,
    };
  }
});

describe('the exit code', () => {
  it.each<
    [why: string, outcomes: ProbeOutcome[], receiver: ProbeResult['receiver'], ...codes: number[]]
  >([
    ['nothing found', [SAFE], 'met', 0, 0],
    ['an error', [SAFE, ERROR], 'met', 1, 1],
    ['a warning', [WARNING], 'met', 0, 1],
    ['a note', [{ ...WARNING, level: 'note' }], 'met', 0, 0],
    ['the receiver was expected and never met', [UNKNOWN], 'not-met', 2, 2],
    ['the same, and a leak', [ERROR], 'not-met', 1, 1],
    ['no token, and so no receiver', [UNKNOWN], 'not-asked', 2, 2],
    ['no token, and a leak', [ERROR], 'not-asked', 1, 1],
    ['nothing tried', [], 'met', 2, 2],
    ['as much told as not', [SAFE, UNKNOWN], 'met', 0, 0],
    ['more not told', [SAFE, UNKNOWN, UNKNOWN], 'met', 2, 2],
    ['a path that tells nothing, beside one that does', [SAFE, ELSEWHERE], 'met', 2, 2],
  ])('for %s', (_, outcomes, receiver, forError, forWarning) => {
    const result = { ...RESULT, outcomes, receiver };
    expect([exitCodeOf(result, 'error'), exitCodeOf(result, 'warning')]).toEqual([
      forError,
      forWarning,
    ]);
  });

  it.each([
    ['half of all', [SAFE], 1, 0],
    ['more than half', [SAFE], 2, 2],
    ['all', [], 1, 2],
  ])('for %s left out', (_, outcomes, count, code) => {
    const left = { id: 'TH-P-GROUPS', vantage: 'front', path: '/' } as const;
    const result = { ...RESULT, outcomes, leftOut: Array.from({ length: count }, () => left) };
    expect(exitCodeOf(result, 'error')).toBe(code);
    expect(JSON.parse(toSarif(result)).runs[0].invocations).toEqual([
      { executionSuccessful: code === 0 },
    ]);
  });
});
