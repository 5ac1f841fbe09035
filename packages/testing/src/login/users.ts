import type { Identity } from '@trusted-header/core';

/** Whom the proxy names first, where the options name nobody else. */
export const ALICE: Identity = {
  user: 'alice',
  groups: ['users'],
  name: 'Alice',
  email: 'alice@example.com',
};

/** The next person at the browser. */
export const BOB: Identity = {
  user: 'bob',
  groups: ['users'],
  name: 'Bob',
  email: 'bob@example.com',
};
