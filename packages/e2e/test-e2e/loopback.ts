import { randomInt } from 'node:crypto';
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

/**
 * A port of 127.0.0.1 that nobody listens on. Below those that a system gives to who asks for any: another test's server would have it
 * before the program that it is for, and answer in its place.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
