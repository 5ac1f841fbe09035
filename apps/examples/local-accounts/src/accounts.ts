import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Somebody whom this application knows. */
export interface Account {
  /** `password:alice` and `proxy:alice` are two people, until somebody who knows both says otherwise. */
  readonly id: string;
  readonly name: string;
}

/** Where accounts are kept: your database. */
export interface Accounts {
  byId(id: string): Account | undefined;
  /** Finds or makes the account of whom the proxy names: it has no password. */
  ofProxy(user: string): Account;
  /** Makes an account with a password. Undefined: the name is taken. */
  register(name: string, password: string): Promise<Account | undefined>;
  /** Undefined: no such account, or another password. Takes as long for either. */
  check(name: string, password: string): Promise<Account | undefined>;
}

/** Keeps accounts in memory. */
export function createAccounts(): Accounts {
  const accounts = new Map<string, Account>();
  const passwords = new Map<string, Stored>();
  const decoy = hash(randomBytes(16).toString('hex'));

  function add(id: string, name: string): Account {
    const account = { id, name };
    accounts.set(id, account);
    return account;
  }

  return {
    byId: (id) => accounts.get(id),
    ofProxy: (user) => accounts.get(`proxy:${user}`) ?? add(`proxy:${user}`, user),
    async register(name, password) {
      const id = `password:${name}`;
      const stored = await hash(password);
      if (accounts.has(id)) return undefined;
      passwords.set(id, stored);
      return add(id, name);
    },
    async check(name, password) {
      const id = `password:${name}`;
      const known = passwords.get(id);
      const { salt, key } = known ?? (await decoy);
      const isRight = timingSafeEqual(key, (await hash(password, salt)).key);
      return known && isRight ? accounts.get(id) : undefined;
    },
  };
}

interface Stored {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** As OWASP says for scrypt: 32 MiB and three rounds, some 200 ms. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

function hash(password: string, salt: Buffer = randomBytes(16)): Promise<Stored> {
  return new Promise((resolve, reject) => {
    // One letter can be written in two ways, and keyboards differ in which.
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve({ salt, key }),
    );
  });
}
