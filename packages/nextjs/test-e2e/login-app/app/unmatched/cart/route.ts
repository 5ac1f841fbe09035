import { getSession, requireUser } from '../../../lib/login';
import { show } from '../../../lib/show';

export async function GET() {
  return Response.json(await show());
}

export async function POST(request: Request) {
  await requireUser();
  const session = await getSession();
  session.cart = [...(session.cart ?? []), await request.text()];
  await session.save();
  return Response.json(await show());
}
