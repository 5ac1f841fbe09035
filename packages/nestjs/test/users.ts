import type { Identity } from '@trusted-header/core';

/** The application's user, in these tests. */
export interface User {
  readonly id: number;
  readonly name: string;
}

/** A table of users that can be down. */
export interface Users {
  readonly find: (identity: Identity) => User | null;
  /** Whom it was asked for. */
  readonly asked: string[];
  isDown: boolean;
}

const IDS: Readonly<Record<string, number>> = { alice: 1, bob: 2 };

export function createUsers(): Users {
  const users: Users = {
    asked: [],
    isDown: false,
    find({ user }) {
      users.asked.push(user);
      if (users.isDown) throw new Error('no connection');
      const id = IDS[user];
      return id === undefined ? null : { id, name: user };
    },
  };
  return users;
}
