import { pageHeaders } from '@trusted-header/app-ui';
import { data } from '../../../lib/data';
import { withUser } from '../../../lib/login';

const THERE_MS = 6_000;

export const GET = withUser(async (user) => {
  const { users } = await data();
  await users.touch([user.name]);
  const there = await users.seenSince(new Date(Date.now() - THERE_MS));
  const names = there.map(({ name, displayName }) => displayName ?? name);
  return Response.json({ user: user.name, names }, { headers: pageHeaders });
});
