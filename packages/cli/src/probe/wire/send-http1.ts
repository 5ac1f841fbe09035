import type { Socket } from 'node:net';
import { type Answer, type Exchange, valuesOf } from './exchange.js';
import { MAX_ANSWER_BYTES, readAnswer } from './read-answer.js';
import { encodeHttp1, type WireRequest } from './wire-request.js';

/** Writes the bytes of a request and reads its answer; behind that of a request that goes first, if there is one. */
export async function sendHttp1(
  socket: Socket,
  request: WireRequest,
  timeoutMs: number,
): Promise<Exchange> {
  if (request.before) {
    const first = await sendHttp1(socket, request.before, timeoutMs);
    if (first.kind !== 'answer') return first;
    // Who closes after one answer has no second request.
    if (isLast(first) || socket.destroyed || socket.readableEnded) return { kind: 'unsupported' };
    socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('end');
  }
  return new Promise((resolve) => {
    let received = '';
    const finish = (hasEnded: boolean, otherwise: Exchange): void => {
      const answer = readAnswer(received, request.method, hasEnded);
      if (answer === undefined && !hasEnded) return;
      clearTimeout(timer);
      resolve(answer ?? (received === '' ? otherwise : { kind: 'garbled' }));
    };
    const timer = setTimeout(() => finish(true, { kind: 'silent' }), timeoutMs);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
      finish(received.length > MAX_ANSWER_BYTES, { kind: 'closed' });
    });
    // A reset is an end too: whatever had been answered until then counts.
    socket.on('error', () => finish(true, { kind: 'closed' }));
    socket.on('close', () => finish(true, { kind: 'closed' }));
    socket.on('end', () => finish(true, { kind: 'closed' }));
    socket.write(encodeHttp1(request), 'latin1');
  });
}

function isLast(answer: Answer): boolean {
  return valuesOf(answer, 'connection').some((value) => /(?:^|[ ,])close(?:$|[ ,])/i.test(value));
}
