import { titleOf } from '../case-titles.js';
import { unknown } from '../judge/verdict.js';
import { LEFT_OUT } from '../judge/words.js';
import type { ProbeOutcome, ProbeResult } from '../settings.js';
import { type FailOn, isAtLeast } from './severity.js';
import { placeTitle } from './words.js';

/**
 * Writes a run as JUnit's XML: a suite for each path from each side, a test for each case.
 *
 * A finding that makes the command fail is a failure, what cannot be told is skipped, and never a test that passed.
 */
export function toJunit(result: ProbeResult, failOn: FailOn): string {
  const all = [...result.outcomes, ...result.leftOut.map(skipped)];
  const suites = result.places.map(({ vantage, path }) => ({
    title: placeTitle(result, vantage, path),
    cases: all.filter((one) => one.vantage === vantage && one.path === path),
  }));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="trusted-header-probe"${counts(all, failOn)}>`,
    ...suites.flatMap(({ title, cases }) => [
      `  <testsuite name="${escaped(title)}"${counts(cases, failOn)}>`,
      ...cases.flatMap((one) => testCase(one, failOn)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

/** What was left out has not passed either. */
function skipped({ id, vantage, path }: ProbeResult['leftOut'][number]): ProbeOutcome {
  return { ...titleOf(id), vantage, path, ...unknown(LEFT_OUT) };
}

function counts(outcomes: readonly ProbeOutcome[], failOn: FailOn): string {
  const failures = outcomes.filter(({ level }) => isAtLeast(level, failOn)).length;
  const skipped = outcomes.filter(({ verdict }) => verdict === 'unknown').length;
  return ` tests="${outcomes.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

function testCase(outcome: ProbeOutcome, failOn: FailOn): readonly string[] {
  const { id, title, rule, vantage, verdict, level, says } = outcome;
  const name = escaped(`${id}: ${title}`);
  const message = escaped(says);
  const inside = isAtLeast(level, failOn)
    ? `<failure type="${level}" message="${message}">${message} (${escaped(rule)})</failure>`
    : verdict === 'unknown'
      ? `<skipped message="${message}"/>`
      : `<system-out>${escaped(verdict)}: ${message}</system-out>`;
  return [
    `    <testcase classname="trusted-header.probe.${vantage}" name="${name}">`,
    `      ${inside}`,
    '    </testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML 1.0 cannot hold go; the others that mean something are escaped. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
