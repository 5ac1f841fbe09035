import { signInAgain, signOut } from '../../lib/login';
import { show } from '../../lib/show';

export async function DELETE() {
  await signOut();
  return Response.json(await show());
}

export async function POST() {
  const user = await signInAgain();
  return Response.json({ ...(await show()), again: user?.name ?? null });
}
