import { Command } from 'commander';
import { checkRequest } from '../check/check-request.js';
import { answerJson, describeAnswer, type Section } from '../check/describe-answer.js';
import { PROFILE_IDS } from '../check/profile-of.js';
import { append } from './append.js';
import { type Line, type LineIo, linesOf, type Styled, styled } from './lines.js';

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
      'read whoami’s page, a curl -v dump, a HAR file, header lines or log lines; - is standard input',
    )
    .option('--answer', 'read the answer (<) of that dump: what an authorization server says')
    .option('--profile <id>', 'which headers carry the user', 'authelia')
    .option('--required <list>', 'values that must be there: groups, name, email')
    .option('--limits <list>', 'limits of the application, such as groups=2048,groupsBytes=32768')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .action(async (flags: Flags) => {
      const answer = checkRequest({
        ...flags,
        trustedProxies: flags.trustedProxies ?? io.env['TRUSTED_PROXIES'],
        headers: flags.header,
        from:
          flags.from === undefined
            ? undefined
            : { source: flags.from, bytes: await io.read(flags.from) },
      });
      io.print(
        flags.json ? linesOf(answerJson(answer)) : describeAnswer(answer).flatMap(sectionLines),
      );
      finish(answer.result?.decision.kind === 'authenticated' ? 0 : 1);
    });
}

const STYLES: Readonly<Record<Section['kind'], Styled['style']>> = {
  authenticated: 'green',
  anonymous: 'yellow',
  refused: 'red',
  log: 'bold',
};

function sectionLines({ kind, title, says, rows }: Section): Line[] {
  return [
    [styled(STYLES[kind], title), ...(says === undefined ? [] : [`: ${says}`])],
    ...rows.map(([label, text]): Line => ['  ', styled('dim', label.padEnd(8)), ` ${text}`]),
  ];
}
