import { AssertionError } from 'node:assert';
import type { LoginClient } from '../client/create-browser.js';
import { isAnswer, type LoginResponse } from '../client/send-request.js';
import type { LoginCheckOptions } from './login-check-options.js';
import { messageOf } from './message-of.js';

/** Who is signed in, and the answer that says so. */
interface Signed {
  readonly user: string | undefined;
  readonly response: LoginResponse;
}

/** Asks who is signed in. Fails where the application does: an error is not nobody. */
export async function askWho(
  client: LoginClient,
  { path, whoAmI }: LoginCheckOptions,
): Promise<Signed> {
  const response = await client.send(path);
  const { status } = response;
  if (status >= 500) {
    throw new AssertionError({
      message: `${path} answers ${status}: nobody can tell who is signed in.`,
      actual: status,
      expected: 'an answer below 500',
      operator: 'loginCheck',
    });
  }
  if (!isAnswer(response)) return { user: undefined, response };
  try {
    return { user: whoAmI(response) ?? undefined, response };
  } catch (cause) {
    throw new TypeError(`whoAmI cannot read what ${path} answers: ${messageOf(cause)}`, { cause });
  }
}
