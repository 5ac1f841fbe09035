import { redirect } from 'next/navigation';
import { getSession, signOut } from '../../lib/login';
import { show } from '../../lib/show';

async function add(): Promise<void> {
  'use server';
  const session = await getSession();
  session.cart = [...(session.cart ?? []), 'by an action'];
  await session.save();
}

async function goodbye(): Promise<void> {
  'use server';
  await signOut();
}

async function addAndGoHome(): Promise<void> {
  'use server';
  await add();
  redirect('/');
}

export default async function Act() {
  return (
    <>
      <form action={add}>
        <button type="submit">add</button>
      </form>
      <form action={goodbye}>
        <button type="submit">sign out</button>
      </form>
      <form action={addAndGoHome}>
        <button type="submit">add and go home</button>
      </form>
      <pre>{JSON.stringify(await show())}</pre>
    </>
  );
}
