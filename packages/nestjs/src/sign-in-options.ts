import { Logger } from '@nestjs/common';
import {
  createLogin,
  type Login,
  type LoginOptions,
  type RegisteredRole,
  type RegisteredUser,
} from '@trusted-header/login';

/**
 * What {@link SignInModule} takes: how users are found, the session library, roles.
 *
 * @typeParam Request What the platform's people have in their hands: a request of Express, of Fastify.
 */
export type SignInModuleOptions<Request extends object = object> = LoginOptions<
  Request,
  RegisteredUser,
  RegisteredRole
>;

/** The token of what follows the proxy with the session. */
export const LOGIN = Symbol.for('@trusted-header/nestjs login');

/** @throws {ConfigError} `option-invalid` */
export function resolveLogin<Request extends object>(
  options: SignInModuleOptions<Request>,
): Login<Request, RegisteredUser> {
  const logger = new Logger('TrustedHeader');
  return createLogin({ log: (line: string) => logger.warn(line), ...options });
}
