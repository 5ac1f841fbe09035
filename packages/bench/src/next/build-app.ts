import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Middle } from '../frameworks/middles.js';

/** What Next.js has in front of its route. */
export type NextMiddle = Extract<Middle, 'nothing' | 'no-op' | 'ours'>;

const ROUTE = `export const dynamic = 'force-dynamic';
export function GET() {
  return Response.json({ hello: 'world' });
}
`;

const NO_OP_PROXY = `import { NextResponse } from 'next/server';
export function proxy() {
  return NextResponse.next();
}
`;

const OUR_PROXY = `import { trustedHeaderProxy } from '@trusted-header/nextjs';
export const proxy = trustedHeaderProxy();
`;

const OUR_INSTRUMENTATION = `import { registerTrustedHeader } from '@trusted-header/nextjs';
export function register() {
  registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
}
`;

const FILES: Readonly<Record<NextMiddle, Readonly<Record<string, string>>>> = {
  nothing: {},
  'no-op': { 'proxy.js': NO_OP_PROXY },
  ours: { 'proxy.js': OUR_PROXY, 'instrumentation.js': OUR_INSTRUMENTATION },
};

/** The program of `next`. */
export const nextProgram = join(
  dirname(createRequire(import.meta.url).resolve('next/package.json')),
  'dist/bin/next',
);

/** Writes and builds an application with one route handler, inside this package, whose dependencies it finds there. */
export async function buildApp(middle: NextMiddle): Promise<string> {
  const folder = fileURLToPath(new URL(`../../.next-apps/${middle}`, import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'app'), { recursive: true });
  const files = { 'app/route.js': ROUTE, 'package.json': '{ "type": "module" }', ...FILES[middle] };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await promisify(execFile)(process.execPath, [nextProgram, 'build'], {
    cwd: folder,
    env: nextEnvironment(),
  });
  return folder;
}

/** Without what a run of this program adds to the environment. */
export function nextEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, ...env } = process.env;
  return { ...env, NEXT_TELEMETRY_DISABLED: '1' };
}
