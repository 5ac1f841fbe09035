import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { hold, planPorts } from '../src/plan-ports.js';

/** Finds a base from which on the demo can have all of its ports. */
export async function findFreeBase(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await Promise.all(portsFrom(base).map(isFree))).every(Boolean)) return base;
  }
}

/** Every port that a demo of two apps has. */
export function portsFrom(base: number): readonly number[] {
  const { portal, apps } = planPorts(2, base);
  return [portal, ...apps.flatMap(({ gateway, app, metrics }) => [gateway, app, metrics])];
}

/** Waits until nobody listens on a port. Throws when it takes too long. */
export async function untilClosed(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (!(await answers(port))) return;
    await sleep(50);
  }
  throw new Error(`port ${port} is still open`);
}

export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function isFree(port: number): Promise<boolean> {
  try {
    await (await hold(port)).release();
    return true;
  } catch {
    return false;
  }
}
