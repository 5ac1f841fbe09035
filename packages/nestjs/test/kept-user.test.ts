import { expect, it } from '@jest/globals';
import { keepUser, keptUser } from '../src/kept-user.js';

it('keeps whom this login has found, and leaves the user of another login where it stands', () => {
  const [holder, request] = [{}, { user: 'carol' }];
  keepUser(request, holder, { name: 'alice' }, true);
  expect([keptUser(holder), request]).toEqual([{ user: { name: 'alice' } }, { user: 'carol' }]);
  keepUser(request, holder, { name: 'alice' });
  expect(request).toEqual({ user: { name: 'alice' } });
});
