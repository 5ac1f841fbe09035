import { auditTrustedProxies } from '@trusted-header/core';
import { Command } from 'commander';
import { auditDeployment, type DeploymentAudit } from '../audit/audit-deployment.js';
import type { Finding } from '../audit/finding.js';
import { pickRoles } from '../audit/pick-roles.js';
import { readCompose } from '../audit/read-compose.js';
import { readDockerInspect } from '../audit/read-docker-inspect.js';
import { cliError } from '../cli-error.js';
import { append } from './append.js';
import { type Line, type LineIo, linesOf, styled } from './lines.js';

interface Flags {
  readonly compose: readonly string[];
  readonly variable: string;
  readonly proxy?: string;
  readonly app?: string;
  readonly json?: true;
}

const HELP = `
Examples:
  $ npx @trusted-header/cli audit 172.20.0.0/16
  $ TRUSTED_PROXIES=172.20.0.2 npx @trusted-header/cli audit
  $ docker inspect traefik app | npx @trusted-header/cli audit
  $ docker inspect traefik app proxy_network | npx @trusted-header/cli audit
  $ npx @trusted-header/cli audit --compose compose.yaml --proxy traefik --app app
  $ npx @trusted-header/cli audit --compose compose.yaml --compose compose.override.yaml
  $ npx @trusted-header/cli audit --compose compose.yaml --proxy host

Several --compose are merged as "docker compose -f a -f b" does; one with a name: of its own is another project.
Variables are filled in from the environment and from .env beside the file.
Exit code: 0 nothing of severity high, 1 something of severity high, 2 bad usage.`;

/** `npx @trusted-header/cli audit`. */
export function auditCommand(io: LineIo, finish: (code: number) => void): Command {
  return new Command('audit')
    .description('Say what is unwise about a list of trusted proxies, or about a deployment.')
    .argument(
      '[entries...]',
      'addresses and blocks (default: docker inspect on standard input, else TRUSTED_PROXIES)',
    )
    .option(
      '--compose <file>',
      'audit a compose file; - is standard input; may be given several times',
      append,
      [],
    )
    .option('--proxy <name>', 'which container is the proxy; host: it runs on the machine itself')
    .option('--app <name>', 'which container is the application')
    .option('--variable <name>', 'the environment variable that holds the list', 'TRUSTED_PROXIES')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (entries: readonly string[], flags: Flags) => {
      const result = await audit(entries, flags, io);
      io.print(
        flags.json ? linesOf(JSON.stringify(result, null, 2)) : describe(result, flags.variable),
      );
      finish(result.findings.some(({ severity }) => severity === 'high') ? 1 : 0);
    });
}

type Result = Pick<DeploymentAudit, 'findings'> & Partial<DeploymentAudit>;

async function audit(entries: readonly string[], flags: Flags, io: LineIo): Promise<Result> {
  const { compose, variable } = flags;
  if (compose.length > 0) {
    const read = async (file: string): Promise<string> => utf8(await io.read(file));
    const { containers, findings } = await readCompose(compose, variable, { env: io.env, read });
    return auditDeployment(pickRoles(containers, flags), variable, findings);
  }
  if (entries.length > 0) return auditList(entries.join(' '));
  const piped = io.isInputTerminal ? '' : utf8(await io.read('-'));
  if (piped.trim() !== '') {
    const { containers, findings } = readDockerInspect(piped, variable);
    return auditDeployment(pickRoles(containers, flags), variable, findings);
  }
  const fromEnv = io.env[variable];
  if (fromEnv === undefined) {
    throw cliError(
      `audit: nothing to look at; write addresses, pipe "docker inspect <proxy> <app>" in, or set ${variable}`,
    );
  }
  return auditList(fromEnv);
}

function auditList(trustedProxies: string): Result {
  return {
    trustedProxies,
    findings: auditTrustedProxies(trustedProxies).map(({ entry, ...rest }) => ({
      ...rest,
      subject: entry,
    })),
  };
}

const PAINT = { high: 'red', medium: 'yellow', low: 'dim' } as const;

function describe(result: Result, variable: string): Line[] {
  const { proxy, app, shared, findings, trustedProxies } = result;
  return [
    ...(app === undefined
      ? []
      : [['proxy ', styled('bold', proxy ?? 'unknown'), ', application ', styled('bold', app)]]),
    ...(shared ?? []).map(({ network, address, ipv6, isStatic }) => [
      'network ',
      styled('bold', network),
      ': the application sees ',
      styled('bold', address ?? 'an address that Docker chooses'),
      ...(ipv6 === undefined ? [] : [' and ', styled('bold', ipv6)]),
      isStatic ? ' (static)' : '',
    ]),
    ...(trustedProxies === undefined ? [] : [`${variable}=${trustedProxies}`]),
    ...findings.map((finding) => [
      styled(PAINT[finding.severity], finding.severity),
      `: ${sentence(finding)}`,
    ]),
    ...(findings.length === 0 ? [[styled('green', 'nothing to say against it')]] : []),
    ...advice(result),
  ];
}

function advice({ steps = [], fragment, appFragment }: Result): Line[] {
  const file = appFragment === undefined ? 'the compose file' : 'the compose file of the proxy';
  return [
    ...(steps.length === 0 ? [] : ['', ...steps]),
    ...(fragment === undefined
      ? []
      : ['', `Static address, for ${file}:`, '', ...linesOf(fragment)]),
    ...(appFragment === undefined
      ? []
      : ['', 'For the compose file of the application:', '', ...linesOf(appFragment)]),
  ];
}

function sentence({ subject, why, instead }: Finding): string {
  return `${subject} ${why}; ${instead}`;
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
