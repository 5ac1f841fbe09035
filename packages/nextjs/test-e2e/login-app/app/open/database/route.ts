import { database } from '../../../lib/database';

/** Switches the database off and on, and tells how often it was asked. */
export async function POST(request: Request) {
  const db = database();
  db.isDown = (await request.text()) === 'down';
  const { lookups } = db;
  db.lookups = 0;
  return Response.json({ lookups });
}
