import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { checkOptions } from './check-options.js';
import { DevError } from './dev-error.js';
import { createGateway } from './gateway/create-gateway.js';
import { close, listen } from './listen.js';
import type { DevOptions, RunningDev } from './options.js';
import { createPortal } from './portal/create-portal.js';
import { createSessions } from './session/create-sessions.js';

const PORTAL_PORT = 9091;

/**
 * Starts the stand-in for Authelia and its reverse proxy: a sign-in portal, and a gateway for each application.
 *
 * Listens on 127.0.0.1 only, and refuses to start with `NODE_ENV=production`: whoever can open the portal can be anyone.
 *
 * @throws {DevError} With all faults of the options at once; for a port that is taken; in production.
 *
 * @example
 * ```ts
 * import { startDev } from '@trusted-header/dev';
 *
 * const dev = await startDev({
 *   users: [{ user: 'john', groups: ['admin', 'dev'] }],
 *   upstreams: [{ target: 'http://127.0.0.1:3000', port: 8080 }],
 * });
 * console.log(dev.gateways[0]?.url);
 * ```
 */
export async function startDev(options: DevOptions): Promise<RunningDev> {
  refuseProduction();
  checkOptions(options);
  const { users, upstreams, portalPort = PORTAL_PORT, bypass, groups, log = ignore } = options;
  const rules = { ...(bypass && { bypass }), ...(groups && { groups }) };
  const sessions = createSessions();
  const servers: Server[] = [];
  let port = portalPort;

  try {
    const portal = createPortal({ users, rules, sessions, portalPort: () => port });
    port = await open(createServer(getRequestListener(portal.fetch)), portalPort, 'portalPort');
    const gateways: RunningDev['gateways'][number][] = [];
    for (const [i, upstream] of upstreams.entries()) {
      const { target, name = target } = upstream;
      const gateway = createGateway({ upstream, sessions, portalPort: () => port, log });
      const at = await open(gateway, upstream.port, `upstreams[${i}].port`);
      gateways.push({ name, target, url: `http://localhost:${at}` });
    }
    return { portalUrl: `http://localhost:${port}`, gateways, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }

  function open(server: Server, wanted: number, option: string): Promise<number> {
    servers.push(server);
    return listen(server, wanted, option);
  }

  async function closeAll(): Promise<void> {
    await Promise.all(servers.map(close));
  }
}

function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw new DevError(
    'NODE_ENV is production: this is a stand-in for development, where anybody can be anyone; use Authelia',
  );
}

function ignore(): void {}
