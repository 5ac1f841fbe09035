import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the fixture's proof asks: answers who somebody is after 300 ms, and about `hanging` never. */
export interface ProofServer {
  readonly url: string;
  /** What it was asked about, in order. */
  readonly asked: string[];
  /** The most questions that were open at the same time. */
  mostAtOnce(): number;
  close(): void;
}

export const PROOF_MS = 300;

/** Starts it on a free port. Alice is in the group `admin`, everybody else in `dev`. */
export async function startProofServer(): Promise<ProofServer> {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const server = createServer(async (req, res) => {
    const user = decodeURIComponent((req.url ?? '').slice(1));
    asked.push(user);
    if (user === 'hanging') return;
    most = Math.max(most, ++open);
    // Some are faster than others, so that answers overtake each other.
    await sleep(user.startsWith('quick-') ? Math.random() * PROOF_MS : PROOF_MS);
    open--;
    const groups = user === 'alice' ? ['admin'] : ['dev'];
    res.setHeader('content-type', 'application/json').end(JSON.stringify({ user, groups }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    mostAtOnce: () => most,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
