import { getIronSession } from 'iron-session';
import type { GetServerSideProps } from 'next';
import { getSession, getUser } from '../lib/login';
import { sessionOptions } from '../lib/session-options';

export const getServerSideProps: GetServerSideProps = async ({ req, res }) => {
  const user = await getUser(req);
  const { cart } = await getSession(req);
  const raw = await getIronSession<{ cart?: string[] }>(req, res, sessionOptions);
  const shown = { user: user?.name ?? null, cart: cart ?? null, raw: raw.cart ?? null };
  return { props: { shown: JSON.stringify(shown) } };
};

export default function Legacy({ shown }: { readonly shown: string }) {
  return <pre>{shown}</pre>;
}
