import type { AuthContext } from '@better-auth/core';
import { runWithTransaction } from '@better-auth/core/context';
import type { Identity } from '@trusted-header/core';
import { createUserResolver, type UserResolver } from '@trusted-header/login';
import { isAPIError } from 'better-auth/api';
import type { TrustedHeaderOptions } from './options.js';

/** Why whom the proxy names is not signed in. */
export type DenialCode =
  /** There is no account, and none is created; `mapUser` gave `null`; or the account's user is gone. */
  | 'user-unknown'
  /** The proxy sends no e-mail, and `emailFor` is not there. */
  | 'email-missing'
  /** A user with this e-mail has signed up otherwise. It is never taken over. */
  | 'email-taken'
  /** A hook of better-auth's said no: a ban of the admin plugin, `validateUserInfo`, a database hook. */
  | 'user-refused';

/** Whose account it is, or why nobody's. */
export type AccountOwner =
  | { readonly kind: 'owner'; readonly userId: string }
  | { readonly kind: 'denied'; readonly code: DenialCode };

/** What is used of better-auth. */
export type Storage = Pick<AuthContext, 'adapter' | 'internalAdapter'>;

/** Of all our accounts, and of no others: see `refuseOurProvider`. */
export const PROVIDER = 'trusted-header';

/**
 * Makes what finds, or creates, the user whose account (`trusted-header`, user) is. One at a time for each user.
 *
 * Refuses to link by e-mail: people can often change theirs, and would become whom they like.
 */
export function createAccounts(
  { adapter, internalAdapter }: Storage,
  options: TrustedHeaderOptions,
): UserResolver<AccountOwner> {
  return createUserResolver<AccountOwner>({
    find: ({ user }) => find(user),
    create: (identity) => create(identity),
  });

  async function find(user: string): Promise<AccountOwner | null> {
    const found = await internalAdapter.findAccountOwnerByKey({
      providerId: PROVIDER,
      accountId: user,
    });
    if (found === null) return null;
    // A database may compare without case: the account of Alice is not alice's, and two that it cannot tell apart lock both out.
    if (found.account.accountId !== user) return denied('user-unknown');
    // The user was deleted and the account was not: they are not to come back.
    if (found.kind === 'orphaned') return denied('user-unknown');
    return { kind: 'owner', userId: found.user.id };
  }

  async function create(identity: Identity): Promise<AccountOwner> {
    if (options.create === false) return denied('user-unknown');
    const fields = options.mapUser ? await options.mapUser(identity) : {};
    if (fields === null) return denied('user-unknown');
    // A mapUser that has forgotten its return must not create anybody.
    if (typeof fields !== 'object') throw new TypeError('mapUser gave neither an object nor null');
    const email = identity.email ?? options.emailFor?.(identity);
    if (email === undefined) return denied('email-missing');
    if (await internalAdapter.findUserByEmail(email)) return denied('email-taken');
    const { user: accountId, name = accountId } = identity;
    // The proxy vouches for the user's name, and for nobody's mailbox.
    return insert(accountId, { name, emailVerified: false, ...fields, email });
  }

  async function insert(accountId: string, fields: NewUser): Promise<AccountOwner> {
    let userId: string | undefined;
    try {
      const isCreated = await runWithTransaction(adapter, async () => {
        const user = await internalAdapter.createUser(fields, SOURCE);
        userId = user?.id;
        if (userId === undefined) return false;
        const account = { providerId: PROVIDER, accountId, userId };
        return (await internalAdapter.createAccount(account)) !== null;
      });
      if (isCreated && userId !== undefined) return { kind: 'owner', userId };
      await removeUser(userId);
      return denied('user-refused');
    } catch (error) {
      // Without transactions there is a user now that nobody could ever be: their e-mail would be taken for good.
      await removeUser(userId);
      if (isRefusal(error)) return denied('user-refused');
      throw error;
    }
  }

  async function removeUser(userId: string | undefined): Promise<void> {
    if (userId === undefined) return;
    await internalAdapter.deleteUser(userId).catch(() => undefined);
  }
}

/** Tells whether better-auth, or a hook, has said no, and not that something failed. */
export function isRefusal(error: unknown): boolean {
  return isAPIError(error) && error.statusCode >= 400 && error.statusCode < 500;
}

type NewUser = Parameters<AuthContext['internalAdapter']['createUser']>[0];

/** What `validateUserInfo` is told. */
const SOURCE = { method: PROVIDER };

function denied(code: DenialCode): AccountOwner {
  return { kind: 'denied', code };
}
