import { expect, it } from '@jest/globals';
import { ironSession } from '../src/index.js';

// A session that is another library's must not be taken for iron-session's.
it.each([
  [{ save: async () => {} }, "another library's, without updateConfig"],
  [{ updateConfig: () => {} }, 'one that cannot be saved'],
  [{}, 'an empty object'],
  [undefined, 'none'],
])('signIn finds no session of iron-session in %j: %s', (session, _why) => {
  expect(() => Reflect.apply(ironSession.read, ironSession, [{ session }])).toThrow(
    'signIn() found no session: put req.session = await getIronSession(…) before it',
  );
});
