import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** A machine of the network, as a namespace: only what is listed here connects it to another. */
export type Machine = 'client' | 'proxy' | 'app' | 'attacker';

/** Who is where. `front` is the outside, `back` the network that the proxy shares with the application. */
export const ADDRESSES = {
  client: { front: { ipv4: '10.77.1.9', ipv6: 'fd77:1::9' } },
  proxy: {
    front: { ipv4: '10.77.1.2', ipv6: 'fd77:1::2' },
    back: { ipv4: '10.77.2.2', ipv6: 'fd77:2::2' },
  },
  app: { back: { ipv4: '10.77.2.3', ipv6: 'fd77:2::3' } },
  attacker: { back: { ipv4: '10.77.2.66', ipv6: 'fd77:2::66' } },
} as const satisfies Record<Machine, Partial<Record<'front' | 'back', Address>>>;

/** `10.77.2.0/24`: what a careless operator would trust. */
export const BACK_NETWORK = '10.77.2.0/24';

interface Address {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** A running network. */
export interface Network {
  /** The words that go before a command to run it on a machine. */
  on(machine: Machine): readonly [program: string, ...args: string[]];
  /** Deletes everything. What still runs in it loses its network. */
  remove(): void;
}

const FOLDER = '/run/netns';
const PREFIX = 'trusted-header';

/**
 * Makes the machines and two switches between them, with iproute2: the client reaches the proxy only, the application is
 * reached by the proxy and the attacker. Removes what an earlier run has left.
 *
 * @throws Where this is not Linux, not root, or without iproute2, in one line that says so.
 */
export function createNetwork(): Network {
  requireTools();
  removeLeftovers();
  const nameOf = (part: string): string => `${PREFIX}-${process.pid}-${part}`;
  const network: Network = {
    on: (machine) => ['ip', 'netns', 'exec', nameOf(machine)],
    remove: () => removeAll(`${PREFIX}-${process.pid}-`),
  };
  try {
    for (const side of ['front', 'back'] as const) {
      ip('netns', 'add', nameOf(side));
      ip('-n', nameOf(side), 'link', 'add', 'name', 'switch', 'type', 'bridge');
      ip('-n', nameOf(side), 'link', 'set', 'switch', 'up');
    }
    for (const [machine, sides] of Object.entries(ADDRESSES)) {
      ip('netns', 'add', nameOf(machine));
      ip('-n', nameOf(machine), 'link', 'set', 'lo', 'up');
      for (const [side, address] of Object.entries(sides)) {
        plug(nameOf(machine), machine, side, nameOf(side), address);
      }
    }
  } catch (error) {
    network.remove();
    throw error;
  }
  return network;
}

/** A cable from a machine to a switch. `nodad`: nobody waits for the address to be checked for a double. */
function plug(
  namespace: string,
  machine: string,
  side: string,
  switchNamespace: string,
  { ipv4, ipv6 }: Address,
): void {
  const port = `port-${machine}`;
  ip('-n', namespace, 'link', 'add', side, 'type', 'veth', 'peer', port, 'netns', switchNamespace);
  ip('-n', switchNamespace, 'link', 'set', port, 'master', 'switch', 'up');
  ip('-n', namespace, 'addr', 'add', `${ipv4}/24`, 'dev', side);
  ip('-n', namespace, 'addr', 'add', `${ipv6}/64`, 'dev', side, 'nodad');
  ip('-n', namespace, 'link', 'set', side, 'up');
}

function requireTools(): void {
  if (process.getuid?.() !== 0) {
    throw new Error('Network namespaces need root: run these tests as root, on Linux.');
  }
  if (spawnSync('ip', ['-V']).error) {
    throw new Error('Network namespaces need iproute2: apt-get install iproute2');
  }
}

function removeLeftovers(): void {
  for (const name of namespaces()) {
    const owner = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) ip('netns', 'del', name);
  }
}

function removeAll(prefix: string): void {
  for (const name of namespaces()) if (name.startsWith(prefix)) ip('netns', 'del', name);
}

function namespaces(): readonly string[] {
  try {
    return readdirSync(FOLDER);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function ip(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim()}`);
}
