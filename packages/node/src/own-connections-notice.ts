import { getBuiltinModule } from './builtin.js';

/**
 * Says in one sentence which connections of its own this process cannot tell from a proxy's, if there are such: in a
 * cluster worker those of the other workers, in a worker thread those of the other threads; on runtimes that do not tell
 * of what they open and accept, all. It matters where loopback or an address of this machine is trusted.
 */
export function unseenConnections(): string | undefined {
  const who = unseen();
  if (who === undefined) return undefined;
  return `${who} can pass for the proxy if it sends identity headers to this server from a trusted address; do not forward the headers of a request: drop those for which isIdentityHeader is true`;
}

function unseen(): string | undefined {
  const runtime = ['bun', 'deno'].find((name) => process.versions[name] !== undefined);
  if (runtime !== undefined) return `on ${runtime} this very process`;
  if (!getBuiltinModule('node:worker_threads').isMainThread)
    return 'another thread of this process';
  // Its types tell only of what `import` gives.
  if (Reflect.get(getBuiltinModule('node:cluster'), 'isWorker'))
    return 'another worker of this cluster';
  return undefined;
}
