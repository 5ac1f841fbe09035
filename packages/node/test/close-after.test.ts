import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { expect, it } from '@jest/globals';
import { closeAfter } from '../src/close-after.js';

it('closes a connection whose client does not read its answer', async () => {
  const written: string[] = [];
  // Says of nothing that it has been written.
  const socket = new Duplex({ read() {}, write: (chunk) => void written.push(String(chunk)) });
  const over = once(socket, 'close');
  closeAfter(socket, 'the last bytes');
  await over;
  expect(written).toEqual(['the last bytes']);
  // After five seconds.
}, 10_000);
