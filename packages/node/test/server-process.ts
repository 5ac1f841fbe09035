import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { productionEnv } from './in-process.js';

/** A server in a process of its own: a client in the same process would be refused for that alone. */
export interface ServerProcess {
  readonly port: number;
  /** Sends a word, and gives what the script answers. */
  ask(word?: string): Promise<unknown>;
  stop(): void;
}

/**
 * Runs a script that starts servers with the built package, calls `tell({ port })` once it listens, and may set
 * `answers = (word) => …`.
 */
export async function startServerProcess(script: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PRELUDE + script], {
    cwd: new URL('..', import.meta.url).pathname,
    env: productionEnv(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [ports] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    }),
  ]);
  // A test that fails does not get to stop it, and must not hold up the others: it ends with this process.
  child.unref();
  child.channel?.unref();
  return {
    ...ports,
    async ask(word = '') {
      child.send(word);
      const [answer] = await once(child, 'message');
      return answer;
    },
    stop: () => child.kill(),
  };
}

/** `spy(who, holder)` notes who could read an identity header; `read` is the list. */
const PRELUDE = `
  import { once } from 'node:events';
  import http from 'node:http';
  import http2 from 'node:http2';
  import net from 'node:net';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { createAuthenticator, keptDecision } from '@trusted-header/core';
  import { decideRequest, factsFromRequest, guardServer, rejectUpgrade, stripHeaders } from '@trusted-header/node';
  const events = [];
  const authenticator = createAuthenticator({
    trustedProxies: '127.0.0.1', log: false, onDecision: ({ decision }) => events.push(decision.reason ?? decision.kind),
  });
  const whoIs = (holder) => {
    const decision = keptDecision(holder);
    return decision?.identity?.user ?? decision?.kind ?? 'undecided';
  };
  const read = [];
  const seen = [];
  const spy = (who, { headers = {}, headersDistinct = {}, rawHeaders = [] }) => {
    seen.push(who);
    const names = [...Object.keys(headers), ...Object.keys(headersDistinct), ...rawHeaders];
    if (names.some((name) => /^remote.user$/i.test(name))) read.push(who);
  };
  let answers = () => ({ read: read.splice(0), seen: seen.splice(0), events: events.splice(0) });
  process.on('message', async (word) => process.send(await answers(word)));
  process.on('disconnect', () => process.exit());
  const listen = async (server, where = { port: 0, host: '127.0.0.1' }) => {
    server.listen(where);
    await once(server, 'listening');
    return server.address()?.port;
  };
  const tell = (message) => process.send(message);
`;
