import { expect, it, jest } from '@jest/globals';
import { oneAtATime } from '../../src/live/one-at-a-time.js';

it('gives a run up when its time is over, and not a moment before', async () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
  let count = 0;
  const run = oneAtATime(() => {
    count += 1;
    return new Promise(() => undefined);
  }, 60);
  void run();
  clock.mockReturnValue(1_059.9);
  await expect(run()).rejects.toThrow('the read before has not come back yet');
  clock.mockReturnValue(1_060);
  void run();
  expect(count).toBe(2);
  clock.mockRestore();
});
