import { once } from 'node:events';
import { trimOws } from '@trusted-header/core';
import { Command, CommanderError } from 'commander';
import picocolors from 'picocolors';
import { DevError } from '../dev-error.js';
import { routeTo } from '../gateway/upstream-route.js';
import type { DevOptions, DevUser, RunningDev } from '../options.js';
import { startDev } from '../start-dev.js';
import { readConfig } from './read-config.js';

interface Flags {
  readonly upstream: readonly string[];
  readonly port: string;
  readonly portalPort?: string;
  readonly user?: string;
  readonly groups?: string;
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  readonly bypass: readonly string[];
  readonly deny: readonly string[];
  readonly readBuffer?: string;
  readonly hideSession?: true;
  readonly config?: string;
}

/** Colours on a terminal only: in a pipe or a log they are noise, whatever `CI` says. */
const pc = picocolors.createColors(Boolean(process.stdout.isTTY) && !process.env['NO_COLOR']);

const EXAMPLES = `
Examples:
  $ npx @trusted-header/dev --upstream http://127.0.0.1:3000 --user john --groups admin,dev
  $ npx @trusted-header/dev --config trusted-header-dev.json

Then set TRUSTED_PROXIES in your application as it says, open the gateway, and sign in.
Anybody who can open the portal can be anyone: it listens on 127.0.0.1 only, and is not for production.`;

/** Runs the command line until it is told to stop, and gives the exit code. Errors are one clear message, no stack. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const flags = parseFlags(argv);
    const dev = await startDev(optionsFrom(flags));
    announce(dev);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await dev.close();
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof DevError)) throw error;
    console.error(pc.red(error.message));
    return 1;
  }
}

function parseFlags(argv: readonly string[]): Flags {
  return new Command('npx @trusted-header/dev')
    .description(
      'A stand-in for Authelia and its reverse proxy, in front of your application, on this machine.',
    )
    .option(
      '--upstream <url>',
      'where your application listens; may be given several times',
      append,
      [],
    )
    .option(
      '--port <number>',
      'gateway port for the first upstream; the next ones count up',
      '8080',
    )
    .option('--portal-port <number>', 'port of the sign-in page (default: 9091)')
    .option('--user <name>', 'somebody to sign in as')
    .option('--groups <list>', 'their groups, with commas between them')
    .option('--name <text>', 'their display name')
    .option('--email <address>', 'their e-mail address')
    .option('--password <text>', 'their password, for Authorization: Basic')
    .option(
      '--bypass <prefix>',
      'path that needs no sign-in; may be given several times',
      append,
      [],
    )
    .option(
      '--deny <prefix>',
      'path that is forbidden to everybody; may be given several times',
      append,
      [],
    )
    .option('--read-buffer <bytes>', 'longest request head, as server.buffers.read (default: 4096)')
    .option('--hide-session', 'keep session cookie and Basic credentials from the application')
    .option('--config <file>', 'JSON file with several users and upstreams')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv)
    .opts<Flags>();
}

function append(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function optionsFrom(flags: Flags): DevOptions {
  const config = flags.config === undefined ? {} : readConfig(flags.config);
  const { bypass, deny, hideSession } = flags;
  const upstreams = flags.upstream.map((target, i) => ({
    target,
    port: numberFrom(flags.port) + i,
    ...(bypass.length > 0 && { bypass }),
    ...(deny.length > 0 && { deny }),
  }));
  return {
    ...config,
    users: join(config.users, userFrom(flags)),
    upstreams: join(config.upstreams, upstreams),
    ...(flags.portalPort !== undefined && { portalPort: numberFrom(flags.portalPort) }),
    ...(flags.readBuffer !== undefined && { readBufferBytes: numberFrom(flags.readBuffer) }),
    ...(hideSession && { hideSession }),
    log: (line) => console.error(pc.yellow(line)),
  };
}

/** A file may hold anything: what is no list stays as it is, to be named by the check of the options. */
function join<T>(fromFile: readonly T[] | undefined, fromFlags: readonly T[]): readonly T[] {
  if (fromFile !== undefined && !Array.isArray(fromFile)) return fromFile;
  return [...(fromFile ?? []), ...fromFlags];
}

function userFrom({ user, groups, name, email, password }: Flags): DevUser[] {
  if (user === undefined) return [];
  const list = groups?.split(',').map(trimOws);
  return [
    {
      user,
      ...(list && { groups: list.filter((group) => group !== '') }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(password !== undefined && { password }),
    },
  ];
}

/** Text that is no number is left to the check of the options, which names it. */
function numberFrom(text: string): number {
  // biome-ignore lint/plugin: a number of the command line is no header text.
  return text.trim() === '' ? Number.NaN : Number(text);
}

function announce({ portalUrl, gateways }: RunningDev): void {
  for (const { name, url, target } of gateways) {
    console.log(`${pc.bold(url)} → ${name === target ? target : `${name} (${target})`}`);
    const { trustedProxies } = routeTo(target);
    if (trustedProxies !== undefined) console.log(`  TRUSTED_PROXIES=${trustedProxies}`);
  }
  console.log(`${pc.bold(portalUrl)}  sign in, sign out`);
  console.log(
    pc.dim('Development stand-in: anybody who can open it can be anyone. Ctrl-C stops it.'),
  );
}
