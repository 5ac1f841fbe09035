import { trustedHeaderProxy } from '@trusted-header/nextjs';
import { auth } from './auth';

export const proxy = trustedHeaderProxy(async ({ nextUrl }) => {
  if (nextUrl.pathname !== '/in-proxy') return undefined;
  const session = await auth();
  return Response.json(session?.user?.name ?? null);
});

export const config = { matcher: ['/((?!unmatched|api/auth).*)'] };
