import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The other side of the connections, in a process of its own. */
export interface Load {
  /** Sends about so many requests, and tells how many it were. */
  send(port: number, requests: number): Promise<number>;
  close(): void;
}

export async function startLoad(): Promise<Load> {
  const file = fileURLToPath(new URL('../../dist/frameworks/client.js', import.meta.url));
  const client = fork(file, { execArgv: [] });
  await once(client, 'message');
  return {
    async send(port, wanted) {
      client.send({ port, requests: wanted });
      const [{ requests }] = await once(client, 'message');
      return requests;
    },
    close: () => client.disconnect(),
  };
}
