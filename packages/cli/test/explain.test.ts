import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compileGuard, createAuthenticator, problemOf } from '@trusted-header/core';
import { explain, explanations } from '../src/index.js';
import { runCli } from './fake-io.js';

const packages = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, packages), 'utf8');
}

/** The texts in a declaration of an API report: from its beginning to the line that ends it. */
function textsIn(report: string, start: string, end: string): string[] {
  const from = report.indexOf(start);
  if (from < 0) throw new Error(`${start} is not in the report`);
  const declaration = report.slice(from, report.indexOf(end, from));
  return [...declaration.matchAll(/'([\w-]+)'/g)].map(([, text = '']) => text);
}

/** Every code that there is, from the reports of what the packages export. */
function codesThatExist(): string[] {
  const core = read('core/api/core.api.md');
  const cli = read('cli/api/cli.api.md');
  const union = (report: string, name: string): string[] =>
    textsIn(report, `type ${name} =`, ';\n');
  return [
    problemOf({ kind: 'anonymous', trusted: true }).code,
    ...textsIn(core, "kind: 'unavailable';\n", '}').filter((text) => text !== 'unavailable'),
    ...union(core, 'RefusalReason'),
    ...union(core, 'PolicyDenial'),
    ...union(core, 'DenialReason'),
    ...textsIn(core, 'interface DecisionWarning', ';\n'),
    ...union(core, 'ConfigErrorCode'),
    ...union(core, 'AuditCode'),
    ...union(cli, 'DeploymentCode'),
    ...union(cli, 'ProbeCaseId'),
  ];
}

describe('explanations', () => {
  it('are there for every code that exists, and for no other', () => {
    expect(explanations.map(({ code }) => code).sort()).toEqual(codesThatExist().sort());
  });

  it('say the status that the client got', () => {
    const statusOf = (code: string) => explain(code)?.status;
    expect(statusOf('authentication-required')).toBe(401);
    expect(statusOf('peer-untrusted')).toBe(403);
    expect(statusOf('group-missing')).toBe(403);
    expect(statusOf('user-unavailable')).toBe(503);
    expect(statusOf('undecided')).toBe(503);
    expect(statusOf('email-dropped')).toBeUndefined();
    const refused = explanations.filter(({ kind }) => kind === 'refusal' || kind === 'denial');
    const others = refused.filter(({ status }) => status !== 403);
    expect(others.map(({ code, status }) => [code, status])).toEqual([
      ['proof-unavailable', 503],
      ['assertion-unavailable', 503],
    ]);
  });

  it.each(explanations)('of $code are sentences, with something to do', ({ means, causes }) => {
    const sentences = [means, ...causes.flatMap(({ when, mend }) => [when, mend])];
    for (const sentence of sentences) expect(sentence).toMatch(/^[^\s].*[.]$/);
    expect(causes.length).toBeGreaterThan(0);
    for (const { lines = [] } of causes) {
      for (const { where, text } of lines) {
        expect(where).not.toBe('');
        expect(text.length).toBeGreaterThan(0);
      }
    }
  });

  it('name only commands and options of ours that exist', async () => {
    const commands = explanations
      .flatMap(({ causes }) => causes)
      .flatMap(({ lines = [] }) => lines.flatMap(({ text }) => text))
      .flatMap((line) => line.match(/@trusted-header\/cli (?!-).*$/) ?? []);
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const [, name = '', ...words] = command.split(' ');
      const { out } = await runCli([name, '--help']);
      for (const option of words.filter((word) => word.startsWith('--'))) {
        expect(`${name}: ${out}`).toContain(`${option} `);
      }
    }
  });

  it('load nothing, so that a page in a browser can show them', () => {
    const folder = new URL('cli/src/explain/', packages);
    for (const file of readdirSync(folder)) {
      const imports = [
        ...read(`cli/src/explain/${file}`).matchAll(/^import (.*?)from '(.*)';$/gms),
      ];
      for (const [, what = '', from = ''] of imports) {
        const isOwn = /^\.\/[a-z-]+\.js$/.test(from);
        expect([file, from, isOwn || what.startsWith('type ')]).toEqual([file, from, true]);
      }
    }
  });
});

describe('explain', () => {
  it('finds a code, whatever its case and the white space around it', () => {
    expect(explain(' Peer-Untrusted\n')?.code).toBe('peer-untrusted');
    expect(explain('th-p-groups')?.code).toBe('TH-P-GROUPS');
  });

  it.each(['', 'peer', 'constructor', '__proto__'])('finds nothing for %j', (code) => {
    expect(explain(code)).toBeUndefined();
  });
});

describe('npx @trusted-header/cli explain', () => {
  it('says what a code means, why it comes, and what mends it', async () => {
    const { code, out, err } = await runCli(['explain', 'header-missing']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^header-missing\n {2}The user is there, and a header that `required`/);
    expect(out).toContain('the client got 403');
    expect(out).toContain('because The proxy does not copy that header');
    expect(out).toContain('mend    Copy all of them.\n    Traefik:\n      traefik.http.');
  });

  it('lists all codes in a line each', async () => {
    const { code, out } = await runCli(['explain']);
    expect(code).toBe(0);
    for (const { code: each } of explanations)
      expect(out).toMatch(new RegExp(`^ {2}${each} +\\w`, 'm'));
  });

  it('prints the same as JSON', async () => {
    const one = await runCli(['explain', 'peer-self', '--json']);
    expect(JSON.parse(one.out)).toEqual(explain('peer-self'));
    const all = await runCli(['explain', '--json']);
    expect(JSON.parse(all.out)).toEqual(explanations);
  });

  it.each([
    ['peer-untrustd', 'explain: "peer-untrustd" is no code; did you mean peer-untrusted?\n'],
    ['mail', 'explain: "mail" is no code; did you mean email-dropped, TH-P-EMAIL?\n'],
    ['zzz', 'explain: "zzz" is no code; explain lists all codes\n'],
    ['\u001b[2J', 'explain: "\\u001b[2J" is no code; explain lists all codes\n'],
  ])('names near codes for %j', async (code, says) => {
    expect(await runCli(['explain', code])).toMatchObject({ code: 2, out: '', err: says });
  });

  it('takes a very long text', async () => {
    const { code, err } = await runCli(['explain', `peer-${'x'.repeat(100_000)}`]);
    expect(code).toBe(2);
    expect(err).toContain('did you mean peer-');
  });

  it.each<[code: string, peer: string | undefined, ...rawHeaders: string[]]>([
    ['peer-untrusted', '10.0.0.9', 'Remote-User', 'kim'],
    ['peer-unknown', undefined, 'Remote-User', 'kim'],
    ['peer-unparsable', 'proxy', 'Remote-User', 'kim'],
    ['header-repeated', '10.0.0.1', 'Remote-User', 'kim', 'Remote-User', 'ann'],
    ['header-ambiguous', '10.0.0.1', 'Remote_User', 'kim'],
    ['header-ambiguous', '10.0.0.1', 'Remote-User', 'kim', 'X-Forwarded-User', 'ann'],
    ['header-hop-by-hop', '10.0.0.1', 'Remote-User', 'kim', 'Connection', 'remote-user'],
    ['header-malformed', '10.0.0.1', 'Remote-User', 'kim, ann'],
    ['header-missing', '10.0.0.1', 'Remote-User', 'kim'],
    ['user-missing', '10.0.0.1', 'Remote-Groups', 'ops'],
    ['authentication-required', '10.0.0.1'],
    ['group-missing', '10.0.0.1', 'Remote-User', 'kim', 'Remote-Email', 'kim@example.com'],
  ])('takes the line of the log about %s', async (code, peer, ...rawHeaders) => {
    const lines: string[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: '10.0.0.1',
      required: ['email'],
      log: (line) => lines.push(line),
    });
    compileGuard({ groups: { anyOf: ['ops'] } })(authenticate({ peer, rawHeaders }));
    expect(lines).toHaveLength(1);
    const { out, err } = await runCli(['explain', lines.join()]);
    expect([out.split('\n', 1), err]).toEqual([[code], '']);
  });
});
