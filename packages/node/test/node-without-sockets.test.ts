import { Socket } from 'node:net';
import { expect, it, jest } from '@jest/globals';

it('strips everything on a Node whose requests cannot be made by hand', async () => {
  const wrong = jest.spyOn(Socket.prototype, 'on').mockImplementation(() => {
    throw new Error('not here');
  });
  try {
    await expect(import('../src/header-objects.js')).resolves.toBeDefined();
  } finally {
    wrong.mockRestore();
  }
});
