import { connection } from 'next/server';

/** Open to nobody. Without `connection()` Next would make the answer once, at build time. */
export async function GET(): Promise<Response> {
  await connection();
  return new Response('ok');
}
