import { Command, InvalidArgumentError } from 'commander';
import { apps } from './apps.js';
import { canBeStranger } from './can-be-stranger.js';
import { formatResults } from './check/format-results.js';
import { runCheck } from './check/run-check.js';
import { isForPeople } from './demo-error.js';
import { describeDemo } from './describe-demo.js';
import { planFreePorts, planPorts } from './plan-ports.js';
import { refuseTakenPorts } from './refuse-taken-ports.js';
import { startDemo } from './start-demo.js';

interface Flags {
  readonly check?: true;
  readonly portBase?: number;
  readonly trustedProxies: string;
}

const command = new Command('demo')
  .description('Starts the sign-in portal, the gateways and the example apps.')
  .option('--check', 'visit and attack every app without a person, and exit 0 or 1')
  .option(
    '--port-base <port>',
    'use this port and those after it, not 9091, 8081 … and 3001 …',
    portBase,
  )
  .option(
    '--trusted-proxies <list>',
    'whom the apps believe; the gateways send from 127.0.0.1',
    '127.0.0.1',
  )
  .allowExcessArguments(false)
  // `pnpm demo -- --check` hands over the dashes, too.
  .parse(process.argv.filter((argument) => argument !== '--'));

try {
  const flags = command.opts<Flags>();
  process.exit(await (flags.check ? check(flags) : demonstrate(flags)));
} catch (error) {
  console.error(isForPeople(error) ? error.message : error);
  process.exit(1);
}

/** Runs until somebody or something ends it. */
async function demonstrate({ portBase, trustedProxies }: Flags): Promise<number> {
  const ports = planPorts(apps.length, portBase);
  await refuseTakenPorts(ports, apps);
  let isReady = false;
  const onLine = (title: string, line: string): void => {
    if (isReady) console.log(`${title}: ${line}`);
  };
  const demo = await startDemo({ apps, ports, trustedProxies, onLine });
  const end = Promise.race([signalled(), demo.ended]);
  isReady = true;
  console.log(describeDemo(demo, await canBeStranger()));

  const reason = await end;
  await demo.close();
  if (reason === undefined) return 0;
  console.error(reason);
  return 1;
}

/** Tries everything once, on ports of its own. */
async function check({ portBase, trustedProxies }: Flags): Promise<number> {
  const ports =
    portBase === undefined ? await planFreePorts(apps.length) : planPorts(apps.length, portBase);
  await refuseTakenPorts(ports, apps);
  const demo = await startDemo({ apps, ports, trustedProxies, onLine: () => undefined });
  try {
    const results = await runCheck(demo);
    console.log(formatResults(results));
    return results.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0;
  } finally {
    await demo.close();
  }
}

function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(undefined));
    }
  });
}

function portBase(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1024 && port <= 65_000) return port;
  throw new InvalidArgumentError('Write a port from 1024 to 65000.');
}
