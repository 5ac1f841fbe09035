import { getSession, getUser } from './login';

/** What a place of the application knows of who is asking. */
export async function show() {
  const user = await getUser();
  const { cart } = await getSession();
  return { user: user?.name ?? null, cart: cart ?? null };
}
