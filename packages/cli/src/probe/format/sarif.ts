import { CASE_TITLES } from '../case-titles.js';
import type { ProbeOutcome, ProbeResult } from '../settings.js';
import { USER_AGENT } from '../wire/wire-request.js';
import { isProven } from './severity.js';
import { placeTitle } from './words.js';

/** The proxy's configuration, of which a finding says where to look. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the findings of a run as SARIF 2.1.0.
 *
 * GitHub shows only what has a place in a file: with the proxy's configuration it is the first line that names the header.
 */
export function toSarif(result: ProbeResult, config?: ConfigFile): string {
  const found = result.outcomes.filter(({ level }) => level !== 'none');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'trusted-header-probe', version: VERSION, rules: RULES } },
        invocations: [{ executionSuccessful: isProven(result) }],
        results: found.map((outcome) => resultOf(result, outcome, config)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const [, VERSION = ''] = USER_AGENT.split('/');

const TITLES = CASE_TITLES.filter(
  ({ id }, i, all) => all.findIndex((other) => other.id === id) === i,
);

const RULES = TITLES.map(({ id, title, rule }) => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: `${title} (${rule})` },
  help: { text: `npx @trusted-header/cli explain ${id}` },
  properties: { tags: ['security'] },
}));

function resultOf(result: ProbeResult, outcome: ProbeOutcome, config: ConfigFile | undefined) {
  const { id, title, vantage, path, level, says, verdict } = outcome;
  const where = placeTitle(result, vantage, path);
  return {
    ruleId: id,
    ruleIndex: TITLES.findIndex((one) => one.id === id),
    level: level === 'none' ? 'note' : level,
    message: { text: `${title}: ${says} (${where})` },
    locations: [
      {
        ...(config && { physicalLocation: placeIn(config, outcome) }),
        logicalLocations: [{ fullyQualifiedName: where, kind: 'resource' }],
      },
    ],
    // The same finding in the next run is the same to GitHub, whatever its words.
    partialFingerprints: { 'trustedHeaderProbe/v1': `${nameOf(outcome)}:${vantage}:${path}` },
    properties: { verdict, vantage, path },
  };
}

/** Several methods are one case. */
function nameOf({ id, title }: ProbeOutcome): string {
  return id === 'TH-P-METHOD' ? `${id}:${title}` : id;
}

function placeIn({ path, text }: ConfigFile, { headers }: ProbeOutcome) {
  const names = headers.map(fold);
  const line = text.split('\n').findIndex((one) => names.some((name) => fold(one).includes(name)));
  return {
    artifactLocation: { uri: encodeURI(path.replaceAll('\\', '/').replace(/^\.\//, '')) },
    region: { startLine: Math.max(line, 0) + 1 },
  };
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[_.]/g, '-');
}
