import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityHeaders } from '@trusted-header/testing';

const ORIGIN = 'http://127.0.0.1:3000';

test('is for admins', async () => {
  const admin = { headers: identityHeaders({ user: 'jürgen', groups: ['admin'] }) };
  assert.equal((await fetch(`${ORIGIN}/admin`, admin)).status, 200);

  const user = { headers: identityHeaders({ user: 'bob', groups: ['dev'] }) };
  assert.equal((await fetch(`${ORIGIN}/admin`, user)).status, 403);
  assert.equal((await fetch(`${ORIGIN}/admin`)).status, 401);
});
