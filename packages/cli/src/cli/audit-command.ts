import { auditTrustedProxies } from '@trusted-header/core';
import { Command } from 'commander';
import { auditDeployment, type DeploymentAudit } from '../audit/audit-deployment.js';
import type { Finding } from '../audit/finding.js';
import { pickRoles } from '../audit/pick-roles.js';
import { readCompose } from '../audit/read-compose.js';
import { readDockerInspect } from '../audit/read-docker-inspect.js';
import { cliError } from '../cli-error.js';
import { type Line, type LineIo, linesOf, styled } from './lines.js';

interface Flags {
  readonly compose?: string;
  readonly proxy?: string;
  readonly app?: string;
  readonly json?: true;
}

const HELP = `
Examples:
  $ trusted-header audit 172.20.0.0/16
  $ TRUSTED_PROXIES=172.20.0.2 trusted-header audit
  $ docker inspect traefik app | trusted-header audit
  $ trusted-header audit --compose compose.yaml --proxy traefik --app app

Exit code: 0 nothing of severity high, 1 something of severity high, 2 bad usage.`;

/** `trusted-header audit`. */
export function auditCommand(io: LineIo, finish: (code: number) => void): Command {
  return new Command('audit')
    .description('Say what is unwise about a list of trusted proxies, or about a deployment.')
    .argument(
      '[entries...]',
      'addresses and blocks (default: docker inspect on standard input, else TRUSTED_PROXIES)',
    )
    .option('--compose <file>', 'audit a compose file; - is standard input')
    .option('--proxy <name>', 'which container is the proxy')
    .option('--app <name>', 'which container is the application')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (entries: readonly string[], flags: Flags) => {
      const result = await audit(entries, flags, io);
      io.print(flags.json ? linesOf(JSON.stringify(result, null, 2)) : describe(result));
      finish(result.findings.some(({ severity }) => severity === 'high') ? 1 : 0);
    });
}

type Result = Pick<DeploymentAudit, 'findings'> & Partial<DeploymentAudit>;

async function audit(entries: readonly string[], flags: Flags, io: LineIo): Promise<Result> {
  if (flags.compose !== undefined) {
    const text = utf8(await io.read(flags.compose));
    return auditDeployment(pickRoles(readCompose(flags.compose, text), flags));
  }
  if (entries.length > 0) return auditList(entries.join(' '));
  const piped = io.isInputTerminal ? '' : utf8(await io.read('-'));
  if (piped.trim() !== '') return auditDeployment(pickRoles(readDockerInspect(piped), flags));
  const fromEnv = io.env['TRUSTED_PROXIES'];
  if (fromEnv === undefined) {
    throw cliError(
      'audit: nothing to look at; write addresses, pipe "docker inspect <proxy> <app>" in, or set TRUSTED_PROXIES',
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

function describe(result: Result): Line[] {
  const { proxy, app, shared, fragment } = result;
  return [
    ...(proxy === undefined
      ? []
      : [['proxy ', styled('bold', proxy), ', application ', styled('bold', app ?? '')]]),
    ...(shared ?? []).map(({ network, address, isStatic }) => [
      'network ',
      styled('bold', network),
      ': the application sees ',
      styled('bold', address ?? 'an address that Docker chooses'),
      isStatic ? ' (static)' : '',
    ]),
    ...(result.trustedProxies === undefined ? [] : [`TRUSTED_PROXIES=${result.trustedProxies}`]),
    ...result.findings.map((finding) => [
      styled(PAINT[finding.severity], finding.severity),
      `: ${sentence(finding)}`,
    ]),
    ...(result.findings.length === 0 ? [[styled('green', 'nothing to say against it')]] : []),
    ...(fragment === undefined
      ? []
      : ['', 'Static address, for the compose file:', '', ...linesOf(fragment)]),
  ];
}

function sentence({ subject, why, instead }: Finding): string {
  return `${subject} ${why}; ${instead}`;
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
