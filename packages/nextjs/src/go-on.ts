/** Lets a request go on: what `proxy.ts` answers where the application says nothing. */
export async function goOn(): Promise<Response> {
  // Not at the top, as in getDecision.
  const { NextResponse } = await import('next/server.js');
  return NextResponse.next();
}
