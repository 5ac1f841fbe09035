import { connection } from 'next/server';

/** Answered by whoever is asked, and not made beforehand: an answer that is kept says nothing of a server's health. */
export async function GET(): Promise<Response> {
  await connection();
  return new Response('ok');
}
