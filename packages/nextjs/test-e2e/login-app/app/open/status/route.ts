import { show } from '../../../lib/show';

export async function GET() {
  return Response.json(await show());
}
