import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Result } from './protocol.js';

/** A process on a machine that does what it is told. */
export interface Agent {
  send(order: Order): Promise<Result>;
  stop(): void;
}

/** Starts an agent. `prefix` is what puts it on its machine. */
export async function startAgent([program, ...args]: readonly [
  string,
  ...string[],
]): Promise<Agent> {
  const file = fileURLToPath(new URL('../../dist/wire/agent.js', import.meta.url));
  const child = spawn(program, [...args, process.execPath, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await once(child, 'message');
  const waiting = new Map<number, (result: Result) => void>();
  let last = 0;
  child.on('message', (message) => {
    if (!isReport(message)) return;
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  child.on('exit', () => {
    for (const report of waiting.values()) report({ kind: 'failed', error: 'the agent has ended' });
  });
  return {
    send: (order) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        child.send({ id: last, order });
      }),
    stop: () => child.disconnect(),
  };
}

interface Report {
  readonly id: number;
  readonly result: Result;
}

/** Ours is the only program at the other end. */
function isReport(message: unknown): message is Report {
  return typeof message === 'object' && message !== null && 'id' in message && 'result' in message;
}
