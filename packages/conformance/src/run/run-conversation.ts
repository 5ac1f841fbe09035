import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Conversation, Exchange } from '../case.js';
import type { Observation, Observer } from '../observe/create-observer.js';
import { clientCertificate } from '../tls/client-certificates.js';
import { type Connection, connect } from '../wire/connect.js';
import { decoyLines } from '../wire/decoy-lines.js';
import { encodeRequest } from '../wire/encode-request.js';
import { checkObservation } from './check-observation.js';
import { checkResponse } from './check-response.js';
import { expectEqual } from './mismatch.js';
import type { RunningServer } from './start-server.js';

const PATIENCE_MS = 2_000;

/** Connects, and gives what sends the requests and checks each answer: conversations can so start at once. */
export async function openConversation(
  conversation: Conversation,
  server: RunningServer,
): Promise<() => Promise<void>> {
  const connection = await connect(
    server.whereFrom(conversation.peer),
    tlsOf(conversation, server),
  );
  return () => converse(conversation, connection, server);
}

/** Certificates are for servers that ask for them. */
function tlsOf(
  { certificate }: Conversation,
  { hasTls }: RunningServer,
): ConnectionOptions | undefined {
  if (hasTls) return certificate === undefined ? {} : clientCertificate(certificate);
  if (certificate !== undefined) throw new Error('a certificate, and a listener without TLS');
  return undefined;
}

async function converse(
  conversation: Conversation,
  connection: Connection,
  server: RunningServer,
): Promise<void> {
  const { peer, exchanges, pipelined = false } = conversation;
  const requests = exchanges.map((exchange) => fillIn(exchange, server.socketPath));
  const decoys = decoyLines(decoyOf(conversation));
  try {
    if (pipelined) {
      connection.write(requests.map(({ send }) => encodeRequest(send, decoys)).join(''));
    }
    for (const [i, exchange] of requests.entries()) {
      if (exchange.list) await server.putList(exchange.list);
      if (exchange.minutesLater) server.passTime(exchange.minutesLater);
      const askedBefore = server.asked.length;
      if (!pipelined) connection.write(encodeRequest(exchange.send, decoys));
      await explain(`request ${i + 1} from ${peer}`, () =>
        readAnswer(exchange, connection, server, askedBefore),
      );
    }
  } finally {
    connection.close();
  }
}

async function readAnswer(
  exchange: Exchange,
  connection: Connection,
  { observer, sightings, asked }: RunningServer,
  askedBefore: number,
): Promise<void> {
  const { send, expect } = exchange;
  if (expect.kind === 'hung-up') {
    if (expect.whileAsked) await until(() => asked.length > askedBefore, 'asked for the proof');
    return connection.reset();
  }
  const runsBefore = observer.observations.length;
  const response = await connection.read(send.method === 'HEAD');
  checkResponse(exchange, response, observer.observations, sightings);
  if (expect.kind === 'upgraded')
    checkObservation(await nextOf(observer, runsBefore), expect, send);
  if ((expect.kind === 'upgraded' || expect.kind === 'witnessed') && expect.behind !== undefined) {
    const came = await connection.readBytes(expect.behind.length);
    expectEqual('what comes behind the answer', came, expect.behind);
  }
}

/** The one who accepts a socket may look at it after the client does. */
async function nextOf({ observations }: Observer, index: number): Promise<Observation> {
  await until(() => observations.length > index, 'observed the WebSocket that was opened');
  const observation = observations[index];
  if (!observation) throw new Error('an observation is gone');
  return observation;
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`nobody ${what}`);
    await wait(5);
  }
}

function decoyOf({ peer, decoy }: Conversation): '127.0.0.1' | '127.0.0.2' | '::1' {
  if (decoy !== undefined && decoy !== 'unix') return decoy;
  return peer === '127.0.0.1' ? '127.0.0.2' : '127.0.0.1';
}

/** Puts the listener's path into an expected source. */
function fillIn(exchange: Exchange, socketPath: string): Exchange {
  const { expect } = exchange;
  if (expect.kind !== 'handled' || expect.decision.kind !== 'authenticated') return exchange;
  const { source } = expect.decision;
  if (source.kind !== 'unix') return exchange;
  const path = source.path.replace('{socket}', socketPath);
  const decision = { ...expect.decision, source: { ...source, path } };
  return { ...exchange, expect: { ...expect, decision } };
}

async function explain(where: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${where}: ${message}`);
  }
}
