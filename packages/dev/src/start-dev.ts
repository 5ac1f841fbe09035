import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { checkOptions } from './check-options.js';
import { DevError } from './dev-error.js';
import { createGateway } from './gateway/create-gateway.js';
import { headBytes, nodeHeaderSize, READ_BUFFER_BYTES } from './head-bytes.js';
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
  const { users, upstreams, portalPort = PORTAL_PORT, log = ignore } = options;
  const { readBufferBytes = READ_BUFFER_BYTES, hideSession = false } = options;
  const sessions = createSessions();
  const servers: Server[] = [];
  let port = portalPort;

  try {
    const portal = createPortal({ users, rules: options, sessions, portalPort: () => port });
    port = await open(portalServer(portal, readBufferBytes), portalPort, 'portalPort');
    const gateways: RunningDev['gateways'][number][] = [];
    for (const [i, upstream] of upstreams.entries()) {
      const { target, name = target } = upstream;
      const gateway = createGateway({
        upstream,
        users,
        sessions,
        portalPort: () => port,
        readBufferBytes,
        hidesSession: hideSession,
        log,
      });
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

/** Answers a head that is too long as Authelia does, before anything is read from it. */
function portalServer({ fetch }: Hono, readBufferBytes: number): Server {
  const listener = getRequestListener(fetch);
  return createServer({ maxHeaderSize: nodeHeaderSize(readBufferBytes) }, (req, res) => {
    if (headBytes(req) <= readBufferBytes) {
      void listener(req, res);
      return;
    }
    res.writeHead(431, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    res.end('431 Request Header Fields Too Large');
  });
}

function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw new DevError(
    'NODE_ENV is production: this is a stand-in for development, where anybody can be anyone; use Authelia',
  );
}

function ignore(): void {}
