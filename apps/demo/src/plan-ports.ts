import { createServer } from 'node:net';

/** The ports of one app: its gateway's, where people go, its own, and that of its metrics. */
export interface AppPorts {
  readonly gateway: number;
  readonly app: number;
  readonly metrics: number;
}

/** Every port of the demo. `apps` is in the order of the list of apps. */
export interface PortPlan {
  readonly portal: number;
  readonly apps: readonly AppPorts[];
}

/** Ports between the first gateway and the first app, and between that and the first metrics. */
const GAP = 10;

/** Plans the usual ports (9091, 8081 …, 3001 …, 3011 …), or all of them from a base on: base, base + 1 …, base + 11 …, base + 21 … */
export function planPorts(count: number, base?: number): PortPlan {
  const portal = base ?? 9091;
  const firstGateway = base === undefined ? 8081 : base + 1;
  const firstApp = base === undefined ? 3001 : firstGateway + GAP;
  return {
    portal,
    apps: Array.from({ length: count }, (_, i) => ({
      gateway: firstGateway + i,
      app: firstApp + i,
      metrics: firstApp + GAP + i,
    })),
  };
}

/** Plans ports that are free now. They may be gone a moment later, so that this is for checks only. */
export async function planFreePorts(count: number): Promise<PortPlan> {
  const [portal = 0, ...others] = await freePorts(1 + 3 * count);
  return {
    portal,
    apps: Array.from({ length: count }, (_, i) => ({
      gateway: others[3 * i] ?? 0,
      app: others[3 * i + 1] ?? 0,
      metrics: others[3 * i + 2] ?? 0,
    })),
  };
}

/** Holds all of them at once, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const holders = await Promise.all(Array.from({ length: count }, () => hold(0)));
  await Promise.all(holders.map(({ release }) => release()));
  return holders.map(({ port }) => port);
}

/** Listens on a port of 127.0.0.1; rejects where it is taken. */
export function hold(port: number): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        release: () => new Promise((released) => server.close(() => released())),
      });
    });
  });
}
