// A pair of hands on a machine: takes orders over the channel to its parent, and reports what came of them.
import type { Order, Result } from './protocol.js';
import { sendRaw } from './send-raw.js';
import { sendRequests } from './send-requests.js';
import { sendWebSocket } from './send-websocket.js';

process.on('message', async ({ id, order }: { id: number; order: Order }) => {
  const result = await carryOut(order).catch(
    (error: unknown): Result => ({ kind: 'failed', error: String(error) }),
  );
  process.send?.({ id, result });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

function carryOut(order: Order): Promise<Result> {
  switch (order.kind) {
    case 'raw':
      return sendRaw(order);
    case 'requests':
      return sendRequests(order);
    case 'websocket':
      return sendWebSocket(order);
  }
}
