import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { whenOver } from '../src/index.js';

function exchange(socket = new Socket()): { socket: Socket; response: ServerResponse } {
  return { socket, response: new ServerResponse(new IncomingMessage(socket)) };
}

async function closed(socket: Socket): Promise<void> {
  const over = once(socket, 'close');
  socket.destroy();
  await over;
}

describe('what waits for a request to be over (A7)', () => {
  it('is called once, when the response closes and its connection after it', async () => {
    const { socket, response } = exchange();
    let calls = 0;
    whenOver(socket, response, () => calls++);
    expect(calls).toBe(0);
    response.emit('close');
    expect(calls).toBe(1);
    await closed(socket);
    expect(calls).toBe(1);
  });

  it('is called with the connection, for responses that never had it and for none at all', async () => {
    const { socket, response } = exchange();
    const over: string[] = [];
    whenOver(socket, response, () => over.push('first'));
    whenOver(socket, exchange(socket).response, () => over.push('second'));
    whenOver(socket, undefined, () => over.push('upgrade'));
    // One of ours, however many requests wait: Node warns of more than ten.
    expect(socket.listenerCount('close')).toBe(1);
    response.emit('close');
    expect(over).toEqual(['first']);
    await closed(socket);
    expect(over).toEqual(['first', 'second', 'upgrade']);
    expect(socket.listenerCount('close')).toBe(0);
  });

  it('is called with the response of a request that is injected, and has no connection', () => {
    const { response } = exchange();
    let calls = 0;
    whenOver(undefined, response, () => calls++);
    expect(calls).toBe(0);
    response.emit('close');
    response.emit('close');
    expect(calls).toBe(1);
  });

  it('is called at once for a connection that is over already', async () => {
    const { socket, response } = exchange();
    await closed(socket);
    let calls = 0;
    whenOver(socket, response, () => calls++);
    expect(calls).toBe(1);
  });
});
