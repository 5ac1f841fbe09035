import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { propertyOf } from '@trusted-header/node';

/**
 * Tells whether the target of a request names a file that the build has made to be fetched: one below `/_next/static/`
 * that is there, spelled as Next spells it (N8).
 *
 * Anything else below that prefix Next hands to a catch-all route or a rewrite, which read it again in their own way. So the
 * target is compared whole, and what has two readings is none: an encoding other than `encodeURIComponent`'s, a dot
 * segment, an encoded slash, another case. Where it cannot be known what Next serves, nothing is such a file.
 */
export async function isBuildFile(target: string): Promise<boolean> {
  if (!target.includes(PREFIX)) return false;
  const app = findApp();
  if (!app) return tellOnce();
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith(app.prefix)) return false;
  const names = path.slice(app.prefix.length).split('/').map(fileName);
  return names.every((name) => name !== undefined) && isFile(app.folder, names);
}

const PREFIX = '/_next/static/';

interface App {
  /** Relative to the working directory, as Next keeps it. */
  readonly folder: string;
  readonly prefix: string;
}

/**
 * Finds the folder that Next serves, in what its server tells its routes (15.5 and 16). Several applications in one
 * process tell several, and then it is not known which of them a request is for.
 */
function findApp(): App | undefined {
  const apps = Object.entries(Reflect.get(globalThis, Symbol.for(NEXT_SERVERS)) ?? {});
  const [[project, server] = []] = apps;
  const config = propertyOf(server, 'nextConfig');
  const distDir = propertyOf(config, 'distDir');
  const basePath = propertyOf(config, 'basePath');
  if (apps.length !== 1 || project === undefined) return undefined;
  if (typeof distDir !== 'string' || typeof basePath !== 'string') return undefined;
  return { folder: join(project, distDir, 'static'), prefix: `${basePath}${PREFIX}` };
}

const NEXT_SERVERS = '@next/router-server-methods';

/** Gives the name that a part of a path spells: encoded, as links have it, or as it is. Undefined for all else. */
function fileName(part: string): string | undefined {
  if (PLAIN.test(part)) return isName(part) ? part : undefined;
  try {
    const name = decodeURIComponent(part);
    return encodeURIComponent(name) === part && isName(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** What neither URLs nor file systems read in another way. */
const PLAIN = /^[\w.~!'()*@$&+,=[\]-]+$/;

function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);
}

async function isFile(folder: string, names: readonly string[]): Promise<boolean> {
  try {
    const file = join(await realpath(folder), ...names);
    // The real path has the case that the directory has, and leads through no link out of it.
    return (await realpath(file)) === file && (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function tellOnce(): false {
  if (!hasTold) console.error(NOT_KNOWN);
  hasTold = true;
  return false;
}

let hasTold = false;

const NOT_KNOWN =
  'trusted-header: it cannot be told where this Next keeps the files of its build, so /_next/static/ is closed to ' +
  'requests without an identity';
