import type { NextMiddleware, NextRequest } from 'next/server.js';
import { eventOf } from './decided-request.js';

/** Runs a function of `proxy.ts`, and tells what becomes of a request: its status, or that it goes on. */
export async function through(proxy: NextMiddleware, request: NextRequest): Promise<string> {
  const response = await proxy(request, eventOf(request));
  const headers = response?.headers;
  const goesOn = headers?.has('x-middleware-next') || headers?.has('x-middleware-rewrite');
  return goesOn ? 'on' : String(response?.status);
}
