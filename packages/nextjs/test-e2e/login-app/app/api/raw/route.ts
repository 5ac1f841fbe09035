import { getIronSession } from 'iron-session';
import { cookies } from 'next/headers';
import { sessionOptions } from '../../../lib/session-options';

/** Reads the session past `getSession`, in both ways. */
export async function GET(request: Request) {
  const session = await getIronSession<{ cart?: string[] }>(await cookies(), sessionOptions);
  const sent = await getIronSession<{ cart?: string[] }>(request, new Response(), sessionOptions);
  return Response.json([session.cart ?? null, sent.cart ?? null]);
}
