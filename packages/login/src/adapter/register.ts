import type { SignInOptions } from '../sign-in/create-sign-in.js';

/**
 * Where an application tells, once, what its users and roles are. Then `req.user`, `ctx.state.user`, `c.var.user` and the
 * argument of `requireRole` are typed by what `find` gives and `defineRoles` was given.
 *
 * @example
 * ```ts
 * import { defineLogin, defineRoles } from '@trusted-header/login';
 *
 * export const login = defineLogin({
 *   find: ({ user }) => (user === 'alice' ? { id: 1, name: user } : null),
 *   roles: defineRoles({ admin: 'ops', viewer: '*' }),
 * });
 *
 * declare module '@trusted-header/login' {
 *   interface Register {
 *     login: typeof login;
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: applications add to it.
export interface Register {}

/** What `find` gives; any object where nothing is registered. */
export type RegisteredUser =
  Registered extends SignInOptions<infer User, infer _Role> ? User : object;

/** The roles of `defineRoles`; any name where nothing is registered. */
export type RegisteredRole =
  Registered extends SignInOptions<infer _User, infer Role>
    ? [Role] extends [never]
      ? string
      : Role
    : string;

type Registered = Register extends { login: infer Login } ? Login : undefined;

/**
 * Gives back how an application finds its users, with the types that {@link Register} is told. It checks nothing: `signIn` does.
 */
export function defineLogin<User extends object, Role extends string = never>(
  options: SignInOptions<User, Role>,
): SignInOptions<User, Role> {
  return options;
}
