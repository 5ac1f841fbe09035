import type { HeaderProfile, RequiredValue } from '@trusted-header/core';
import { Command } from 'commander';
import type { Dump } from '../check/dump.js';
import { type CheckResult, explainRequest } from '../check/explain-request.js';
import { readHeaderOptions } from '../check/header-lines.js';
import type { LogLine } from '../check/log-lines.js';
import { readDump } from '../check/read-dump.js';
import { cliError } from '../cli-error.js';
import { bad } from '../proxy-config/check-values.js';
import { append } from './append.js';
import { limitsOf } from './limits-of.js';
import { type Line, type LineIo, linesOf, styled } from './lines.js';
import { PROFILE_IDS, profileOf } from './profile-of.js';

interface Flags {
  readonly trustedProxies?: string;
  readonly peer?: string;
  readonly unixSocket?: string;
  readonly header: readonly string[];
  readonly from?: string;
  readonly answer?: true;
  readonly profile: string;
  readonly required?: string;
  readonly limits?: string;
  readonly json?: true;
}

const HELP = `
Examples:
  $ npx @trusted-header/cli check --trusted-proxies 172.20.0.2 --peer 172.20.0.9 \\
      -H 'Remote-User: john' -H 'Remote-Groups: admin'
  $ TRUSTED_PROXIES=172.20.0.2 npx @trusted-header/cli check --peer 172.20.0.2 -H 'Remote-User: john' --json
  $ curl -s https://whoami.example.com/ | npx @trusted-header/cli check --trusted-proxies 172.20.0.2 --from -
  $ tail -n 20 /var/log/nginx/error.log | npx @trusted-header/cli check --from -
  $ curl -sv http://127.0.0.1:3000/ -H 'Remote-User: john' 2>&1 | npx @trusted-header/cli check \\
      --trusted-proxies 127.0.0.1 --peer 127.0.0.1 --from -

--from reads traefik/whoami's page (what reached the application, and the peer), what "curl -v" prints, a HAR file, and log
lines of nginx and Authelia. curl and HAR show what the client sent, not what a proxy made of it, and what it was answered:
the answer of an authorization server is read where the request claims nobody, or with --answer.
Profiles: ${PROFILE_IDS.join(', ')}
Exit code: 0 authenticated, 1 not, 2 bad usage.`;

/** `npx @trusted-header/cli check`. */
export function checkCommand(io: LineIo, finish: (code: number) => void): Command {
  return new Command('check')
    .description('Explain what an application would decide about a request, without a server.')
    .option('--trusted-proxies <list>', 'addresses and blocks (default: TRUSTED_PROXIES)')
    .option('--peer <address>', 'TCP source address of the request')
    .option(
      '--unix-socket <path>',
      'path of the listener, where the request came over a Unix socket',
    )
    .option(
      '-H, --header <line>',
      'header line, as curl takes it; may be given several times',
      append,
      [],
    )
    .option(
      '--from <file>',
      'read whoami’s page, a curl -v dump, a HAR file or log lines; - is standard input',
    )
    .option('--answer', 'read the answer (<) of that dump: what an authorization server says')
    .option('--profile <id>', 'which headers carry the user', 'authelia')
    .option('--required <list>', 'values that must be there: groups, name, email')
    .option('--limits <list>', 'limits of the application, such as groups=2048,groupsBytes=32768')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .action(async (flags: Flags) => {
      const profile = profileOf(flags.profile);
      const dump = await dumpFrom(flags, profile, io);
      // Of a log that names nobody, there is nothing to decide.
      const result =
        dump?.rawHeaders || !dump?.lines ? decide(flags, profile, dump, io) : undefined;
      const { lines = [] } = dump ?? {};
      io.print(
        flags.json
          ? linesOf(JSON.stringify({ ...result, ...(lines.length > 0 && { lines }) }, null, 2))
          : [...lines.flatMap(describeLine), ...(result ? describe(result, dump?.read) : [])],
      );
      finish(result?.decision.kind === 'authenticated' ? 0 : 1);
    });
}

async function dumpFrom(
  { from, answer }: Flags,
  profile: HeaderProfile,
  io: LineIo,
): Promise<Dump | undefined> {
  return from === undefined ? undefined : readDump(from, await io.read(from), { profile, answer });
}

function decide(
  flags: Flags,
  profile: HeaderProfile,
  dump: Dump | undefined,
  io: LineIo,
): CheckResult {
  const { unixSocket, required, limits } = flags;
  const trustedProxies = flags.trustedProxies ?? io.env['TRUSTED_PROXIES'];
  if (trustedProxies === undefined) {
    throw cliError(
      '--trusted-proxies: is missing, and so is TRUSTED_PROXIES; write the address of the proxy',
    );
  }
  const peer = flags.peer ?? (unixSocket === undefined ? dump?.peer : undefined);
  if (peer === undefined && unixSocket === undefined) {
    throw cliError(
      '--peer: is missing; write the TCP source address of the request, or --unix-socket and a path',
    );
  }
  return explainRequest({
    trustedProxies,
    profile,
    ...(required !== undefined && { required: readRequired(required) }),
    ...(limits !== undefined && { limits: limitsOf(limits) }),
    peer,
    unixSocket,
    rawHeaders: [...(dump?.rawHeaders ?? []), ...readHeaderOptions(flags.header)],
  });
}

function readRequired(list: string): RequiredValue[] {
  return list.split(',').map((text) => {
    const value = text.trim();
    if (value === 'groups' || value === 'name' || value === 'email') return value;
    throw bad('--required', value, 'cannot be required', 'write groups, name, email, with commas');
  });
}

function describeLine({ program, says, because, change }: LogLine): Line[] {
  return [
    [styled('bold', program), `: ${says}`],
    ...rowLines([
      ['because', because],
      ['change', change],
    ]),
  ];
}

function describe({ decision, ...result }: CheckResult, read: string | undefined): Line[] {
  const title = {
    authenticated: styled('green', 'authenticated'),
    anonymous: styled('yellow', 'anonymous'),
    refused: styled('red', decision.kind === 'refused' ? `refused: ${decision.reason}` : ''),
  }[decision.kind];
  const rows: readonly Row[] = [
    ...(decision.kind === 'authenticated' ? identityRows(decision.identity) : []),
    ...optional('header', decision.kind === 'refused' ? decision.header : undefined),
    ...optional('detail', decision.kind === 'refused' ? decision.detail : undefined),
    ...optional('read', read),
    ['rule', result.rule],
    ['because', result.because],
    ...optional('change', result.change === 'nothing' ? undefined : result.change),
    ...optional('client', result.status === undefined ? undefined : `gets ${result.status}`),
    ...optional('log', result.log),
    ...result.warnings.map((text): Row => ['warning', text]),
    ...result.findings.map(
      ({ severity, entry, why, instead }): Row => [
        'audit',
        `${severity}: ${entry} ${why}; ${instead}`,
      ],
    ),
  ];
  return [[title], ...rowLines(rows)];
}

function rowLines(rows: readonly Row[]): Line[] {
  return rows.map(([label, text]): Line => ['  ', styled('dim', label.padEnd(8)), ` ${text}`]);
}

type Row = readonly [label: string, text: string];

function optional(label: string, text: string | undefined): Row[] {
  return text === undefined ? [] : [[label, text]];
}

function identityRows(identity: object): Row[] {
  return Object.entries(identity).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
