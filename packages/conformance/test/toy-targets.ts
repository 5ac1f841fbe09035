import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ConformanceTarget, TargetSetup } from '../src/index.js';

type Toy = (setup: TargetSetup, req: IncomingMessage, res: ServerResponse) => unknown;

/** Makes a target of a request handler. */
export function toyTarget(
  handle: Toy,
  expectedFailures?: Readonly<Record<string, string>>,
): ConformanceTarget {
  return {
    name: 'toy',
    createServer: (setup) => createServer((req, res) => handle(setup, req, res)),
    ...(expectedFailures && { expectedFailures }),
  };
}

/** What most applications in the wild do: believes the header from everybody. */
export const credulous: Toy = async ({ observe }, req, res) => {
  const user = req.headers['remote-user'];
  if (user === undefined) return res.writeHead(401).end();
  const identity = { user };
  const source = { kind: 'address', address: '127.0.0.1' };
  const readable = { headers: req.headers };
  const decision = { kind: 'authenticated', identity, source };
  return res.end(await observe(() => ({ decision, identity, readable })));
};

/** Says alice, to everybody. @param readable What it claims to be able to read. */
export function alwaysAlice(readable: (req: IncomingMessage) => Record<string, unknown>): Toy {
  const identity = { user: 'alice' };
  const source = { kind: 'address', address: '127.0.0.1' };
  const decision = { kind: 'authenticated', identity, source };
  return async ({ observe }, req, res) =>
    res.end(await observe(() => ({ decision, identity, readable: readable(req) })));
}

/** The request's headers without the identity. */
export function cleanHeaders(req: IncomingMessage): Record<string, unknown> {
  const { 'remote-user': _, ...headers } = req.headers;
  return { headers };
}
