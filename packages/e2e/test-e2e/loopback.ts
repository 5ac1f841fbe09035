import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { ProxySettings } from '@trusted-header/cli';
import { type Program, run, type Written, write } from '../src/proxies/programs.js';

/** A generated configuration for a port of this machine. */
export interface WrittenHere extends Written {
  readonly port: number;
}

/** Writes the generated configuration for a free port of 127.0.0.1. */
export async function writeHere(
  program: Program,
  settings: Omit<ProxySettings, 'domain'> & { readonly domain?: string },
  edit?: (text: string) => string,
): Promise<WrittenHere> {
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  return { ...write(program, { domain: 'app.example.com', listen, ...settings }, edit), port };
}

/** Runs the program on this machine until the function that it gives is called. */
export async function runHere(written: WrittenHere): Promise<() => Promise<void>> {
  const { stop } = await run(written, () => answers(written.port));
  return stop;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const connected = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return connected;
}

/** A port of 127.0.0.1 that nobody listens on, now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
