import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { compileAdmission, createAuthenticator, type DecisionEvent } from '@trusted-header/core';
import { factsFromStream } from '../src/facts-from-request.js';
import { type NodeRequest, prepareRequest } from '../src/index.js';
import { createServerFront, type FrontPlan } from '../src/server-front.js';

/** A front that notes to whom decisions are shown, and of what observers hear. */
function spyFront(more: Partial<FrontPlan> = {}) {
  const events: DecisionEvent[] = [];
  const authenticator = createAuthenticator({
    trustedProxies: '127.0.0.1',
    log: false,
    onDecision: (event) => events.push(event),
  });
  const admit = compileAdmission<NodeRequest>({ authenticator, anonymous: 'allow' });
  const areHandlers: boolean[] = [];
  const front = createServerFront({
    authenticator,
    probe: undefined,
    admit,
    admitSockets: admit,
    onDecided: (_req, _decision, isHandlers) => areHandlers.push(isHandlers),
    ...more,
  });
  return { front, events, areHandlers };
}

function exchange(): { req: IncomingMessage; res: ServerResponse } {
  const req = new IncomingMessage(new Socket());
  return { req, res: new ServerResponse(req) };
}

function handler(): void {}
function another(): void {}

describe('who is shown a decision in front of a server', () => {
  it.each<
    [string, 'request' | 'checkContinue', Partial<FrontPlan>, (() => void)[], isHandlers: boolean]
  >([
    ['the handler alone', 'request', { handler }, [handler], true],
    ['the handler, and another listener', 'request', { handler }, [handler, another], false],
    ['another listener alone', 'request', { handler }, [another], false],
    ['whoever listens, where there is no handler', 'request', {}, [handler], false],
    ['whoever listens to another event', 'checkContinue', { handler }, [handler], false],
  ])('is %s', (_, event, plan, listeners, isHandlers) => {
    const { front, areHandlers } = spyFront(plan);
    const server = createServer();
    for (const each of listeners) server.on('request', each);
    const { req, res } = exchange();
    expect(front.onRequest(event, req, res, server)).toBe(true);
    expect(areHandlers).toEqual([isHandlers]);
  });

  it('is nobody’s handler for an upgrade', () => {
    const { front, areHandlers } = spyFront({ handler });
    expect(front.onUpgrade(exchange().req, new Socket())).toBe(true);
    expect(areHandlers).toEqual([false]);
  });

  it('has observers hear at once of what gets the connection, and of others when they are over', () => {
    const { front, events } = spyFront({ handler, handlerTells: true });
    const server = createServer(handler);
    const [connect, request] = [exchange(), exchange()];
    front.onRequest('connect', connect.req, connect.res, server);
    expect(events.length).toBe(1);
    front.onRequest('request', request.req, request.res, server);
    expect(events.length).toBe(1);
    request.res.emit('close');
    expect(events.length).toBe(2);
  });
});

it('reads the lines of a stream as they came, whatever is taken out of them afterwards', () => {
  const lines = ['remote-user', 'john'];
  const facts: unknown = Reflect.apply(factsFromStream, undefined, [{}, lines]);
  lines.length = 0;
  expect(facts).toMatchObject({ rawHeaders: ['remote-user', 'john'] });
});

it('asks no authenticator that is none of ours', () => {
  const copy = { ...createAuthenticator({ trustedProxies: '127.0.0.1', log: false }) };
  expect(prepareRequest(exchange().req, copy)).toBeUndefined();
});
