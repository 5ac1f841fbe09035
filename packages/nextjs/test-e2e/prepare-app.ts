import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = new URL('.', import.meta.url).pathname;
const pnpm = ['--yes', 'pnpm@10.34.8'];

/** An application in a folder of its own, installed from packed tarballs and built, as a user would. */
export interface PreparedApp {
  readonly folder: string;
  remove(): Promise<void>;
}

/** What to prepare. */
export interface AppToPrepare {
  readonly source: 'fixture' | 'conformance-app' | 'catch-all-app' | 'login-app' | 'authjs-app';
  readonly next: '16' | '15';
  readonly env?: Readonly<Record<string, string>>;
  /** False: installs only. */
  readonly build?: boolean;
}

/** Copies an application, installs it and runs `next build`, without any trusted proxies. */
export async function prepareApp({
  source,
  next,
  env = {},
  build = true,
}: AppToPrepare): Promise<PreparedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-header-next-'));
  await cp(join(here, source), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(source, next), null, 2));
  if (next === '15') await writeMiddleware(folder);
  await run('npx', [...pnpm, 'install', '--ignore-workspace'], { cwd: folder });
  if (build) await buildApp(folder, env);
  return { folder, remove: () => removeAll(folder) };
}

/** Runs `next build` in a folder that has been prepared: once more, with other settings. */
export async function buildApp(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { TRUSTED_PROXIES: _, NODE_ENV: __, ...clean } = process.env;
  const { stdout, stderr } = await run(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'build'],
    { cwd: folder, env: { ...clean, NEXT_TELEMETRY_DISABLED: '1', ...env } },
  );
  return stdout + stderr;
}

async function removeAll(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
  await rm(`${folder}-standalone`, { recursive: true, force: true });
}

function manifest(source: AppToPrepare['source'], next: AppToPrepare['next']) {
  const packed = JSON.parse(process.env['PACKED'] ?? '{}');
  const tarball = (name: string): string => packed[`@trusted-header/${name}`];
  return {
    name: 'app',
    private: true,
    type: 'module',
    dependencies: {
      '@trusted-header/core': tarball('core'),
      '@trusted-header/login': tarball('login'),
      '@trusted-header/nextjs': tarball('nextjs'),
      'iron-session': '^8.0.4',
      next: next === '16' ? '^16.4.0' : '~15.5.0',
      react: '^19.0.0',
      'react-dom': '^19.0.0',
      ...(source === 'authjs-app' && {
        '@trusted-header/authjs': tarball('authjs'),
        'next-auth': '5.0.0-beta.32',
      }),
    },
    devDependencies: { '@types/node': '^20.0.0', '@types/react': '^19.0.0', typescript: '^6.0.0' },
    pnpm: {
      overrides: {
        '@trusted-header/core': tarball('core'),
        '@trusted-header/login': tarball('login'),
        '@trusted-header/node': tarball('node'),
      },
    },
  };
}

/** Next 15 has `middleware.ts`, which must ask for the Node runtime. */
async function writeMiddleware(folder: string): Promise<void> {
  await rename(join(folder, 'proxy.ts'), join(folder, 'middleware.ts'));
  const file = join(folder, 'middleware.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text
      .replace('export const proxy', 'export const middleware')
      .replace('export const config = {', "export const config = {\n  runtime: 'nodejs',"),
  );
}
