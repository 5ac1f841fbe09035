import type { ProxySettings } from '@trusted-header/cli';
import { ADDRESSES } from '../network/network.js';
import type { RunningProgram } from '../network/start-program.js';
import { type App, urlOf } from '../world/apps.js';
import { DOMAIN, OPEN_PREFIX, PORTAL_PORT } from '../world/constants.js';
import type { World } from '../world/start-world.js';
import { type Program, run, write } from './programs.js';

/** A change to the generated text of a program. */
export type Edits = Partial<Record<Program, (text: string) => string>>;

const INNER_PORT = 8080;

/** A proxy that runs with the configuration in a file. */
export interface RunningProxy extends RunningProgram {
  readonly file: string;
}

/**
 * Starts a reverse proxy with the generated configuration in front of an application, on port 443 with TLS. Apache has no
 * forward authentication, and so is the outer hop of two: nginx behind it, on loopback, asks.
 *
 * @param more Settings of the generator in the place of those for a plain application.
 */
export async function startProxy(
  world: World,
  program: Program,
  app: App,
  edits: Edits = {},
  more: Partial<ProxySettings> = {},
): Promise<RunningProxy> {
  const url = urlOf(app);
  if (program !== 'apache') return start(world, program, { app: url, ...more }, edits);
  const inner = await start(
    world,
    'nginx',
    { app: url, ...more },
    edits,
    `127.0.0.1:${INNER_PORT}`,
  );
  const outer = await start(
    world,
    'apache',
    { app: `http://127.0.0.1:${INNER_PORT}` },
    edits,
  ).catch(async (error: unknown) => {
    await inner.stop();
    throw error;
  });
  return {
    file: outer.file,
    output: () => `${outer.output()}\n${inner.output()}`,
    stop: async () => {
      await outer.stop();
      await inner.stop();
    },
  };
}

async function start(
  { network, certificate, agents, cookies }: World,
  program: Program,
  upstream: Pick<ProxySettings, 'app'> & Partial<ProxySettings>,
  edits: Edits,
  innerListen?: string,
): Promise<RunningProxy> {
  const { cert, key } = certificate;
  const written = write(
    program,
    {
      ...upstream,
      auth: `http://127.0.0.1:${PORTAL_PORT}`,
      domain: DOMAIN,
      bypass: [OPEN_PREFIX],
      proxyAddress: ADDRESSES.proxy.back.ipv4,
      sessionCookie: cookies.john.replace(/=.*/, ''),
      ...(innerListen === undefined
        ? { tls: { cert, key }, listen: program === 'apache' ? '443' : '[::]:443' }
        : { listen: innerListen }),
    },
    edits[program],
  );
  const port = innerListen === undefined ? 443 : INNER_PORT;
  const answers = async (): Promise<boolean> => {
    const to = { address: '127.0.0.1', port };
    const result = await agents.proxy.send({ kind: 'raw', to, parts: [''], quietMs: 10 });
    return result.kind === 'raw';
  };
  const running = await run(written, answers, network.on('proxy'));
  return {
    file: written.file,
    output: running.output,
    stop: async () => {
      await running.stop();
      written.remove();
    },
  };
}
