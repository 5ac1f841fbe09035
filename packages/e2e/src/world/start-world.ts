import { fileURLToPath } from 'node:url';
import { ADDRESSES, createNetwork, type Network } from '../network/network.js';
import { type RunningProgram, startProgram } from '../network/start-program.js';
import { signIn } from '../portal/sign-in.js';
import { startPortal } from '../portal/start-portal.js';
import type { User } from '../portal/users.js';
import { type Certificate, selfSigned } from '../proxies/self-signed.js';
import { type Agent, startAgent } from '../wire/start-agent.js';
import type { App } from './apps.js';
import { DOMAIN, ORIGIN, PORTAL_ORIGIN } from './constants.js';

/** The network with everybody in it but a reverse proxy. */
export interface World {
  readonly network: Network;
  readonly certificate: Certificate;
  /** Hands on the machines that send something. */
  readonly agents: Readonly<Record<'client' | 'attacker' | 'proxy', Agent>>;
  /** Session cookies of those who have signed in. */
  readonly cookies: Readonly<Record<User, string>>;
  /** Starts one more application on the application's machine. `more` is what else is in its environment. */
  startApp(
    app: App,
    trustedProxies?: string,
    more?: Readonly<Record<string, string>>,
  ): Promise<RunningProgram>;
  /** What the applications of that name have printed. */
  outputOf(name: App['name']): string;
  stop(): Promise<void>;
}

/** What an operator sets: the proxy's addresses on the network that it shares with the application. */
export const TRUSTED_PROXIES = Object.values(ADDRESSES.proxy.back).join(', ');

/** Makes the network, starts the portal, and signs everybody in. The caller starts applications and proxies. */
export async function startWorld(): Promise<World> {
  const network = createNetwork();
  const closers: (() => Promise<void> | void)[] = [() => network.remove()];
  const stop = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
    closers.length = 0;
  };
  const later = <T extends { stop(): Promise<void> | void }>(running: T): T => {
    closers.push(() => running.stop());
    return running;
  };
  try {
    const certificate = selfSigned(DOMAIN);
    closers.push(() => certificate.remove());
    const [client, attacker, proxy] = await Promise.all([
      startAgent(network.on('client')),
      startAgent(network.on('attacker')),
      startAgent(network.on('proxy')),
    ]);
    for (const agent of [client, attacker, proxy]) later(agent);
    later(await startPortal(network.on('proxy')));
    const cookieOf = async (user: User): Promise<string> =>
      (await signIn(proxy, user, `${ORIGIN}/`)).cookie;
    const cookies = {
      john: await cookieOf('john'),
      ann: await cookieOf('ann'),
      bare: await cookieOf('bare'),
      long: await cookieOf('long'),
      short: await cookieOf('short'),
    };
    const outputs: { readonly name: string; readonly output: () => string }[] = [];
    const startApp = async (
      app: App,
      trustedProxies = TRUSTED_PROXIES,
      more: Readonly<Record<string, string>> = {},
    ): Promise<RunningProgram> => {
      const running = await startProgram(
        [...network.on('app'), process.execPath, fileURLToPath(app.program)],
        {
          HOST: app.host,
          PORT: String(app.port),
          TRUSTED_PROXIES: trustedProxies,
          PORTAL_URL: PORTAL_ORIGIN,
          APP_URL: ORIGIN,
          ...more,
        },
        /listens on/,
      );
      outputs.push({ name: app.name, output: running.output });
      return later(running);
    };
    const outputOf = (name: string): string =>
      outputs.flatMap((one) => (one.name === name ? [one.output()] : [])).join('');
    const agents = { client, attacker, proxy };
    return { network, certificate, agents, cookies, startApp, outputOf, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
