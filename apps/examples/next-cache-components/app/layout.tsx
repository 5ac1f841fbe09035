import { getIdentity } from '@trusted-header/nextjs';
import type { Metadata } from 'next';
import Link from 'next/link';
import { type ReactNode, Suspense } from 'react';

export const metadata: Metadata = { title: 'Notice board', manifest: '/manifest.webmanifest' };

/** Made beforehand, but for the name in the corner. It protects nothing: pages can be asked for without it. */
export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Notes</Link> <Link href="/admin">Moderate</Link>{' '}
          <Suspense fallback={<span>…</span>}>
            <WhoAmI />
          </Suspense>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

async function WhoAmI() {
  const identity = await getIdentity();
  return <span>Signed in as {identity?.name ?? identity?.user ?? 'nobody'}</span>;
}
