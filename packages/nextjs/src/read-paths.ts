/**
 * Gives every path that one target may be taken for, each folded: by a router, a file system or the
 * source of a rewrite. Next's own files are found under `%61dmin/` and `admin%2f`, and its pages under `/x/../admin`, `/admin#x`
 * and `/_next/data/<build>/admin.json`; what nobody reads so today costs nothing but a refusal.
 *
 * For what forbids only: a path that opens something has one reading, or none.
 *
 * @param target As the client wrote it, or as Next has read it.
 * @param fold {@link foldPath} or {@link tidyPath}.
 * @returns Undefined where there is no end to its encodings: it can be anything.
 */
export function readPaths(
  target: string,
  basePath: string,
  fold: Fold = foldPath,
): ReadonlySet<string> | undefined {
  const levels = decode(
    target.replace(/[?#].*$/s, '').replace(/^[a-z][a-z\d+.-]*:\/\/[^/\\]*/i, ''),
  );
  if (!levels) return undefined;
  const paths = new Set<string>();
  for (const level of levels.flatMap((it) => [it, withoutSpace(it)])) {
    const path = level.replace(/\\/g, '/');
    const [, belowHost] = /^\/\/+[^/]*(\/.*)$/s.exec(path) ?? [];
    const plain = fold(path);
    for (const each of [plain, resolveDots(plain), fold(resolveDots(path))]) paths.add(each);
    if (belowHost !== undefined) paths.add(fold(resolveDots(belowHost)));
  }
  const base = fold(basePath);
  for (const path of [...paths]) if (base && isBelow(path, base)) paths.add(below(path, base));
  for (const path of [...paths]) for (const page of pagesOf(path)) paths.add(page);
  for (const path of [...paths]) paths.add(interceptedBy(path));
  return paths;
}

/** Brings a path to a form in which paths are compared. */
export type Fold = (path: string) => string;

/** Without parameters, empty segments, a slash at the end and the case: as sources of rewrites and some file systems compare. */
export function foldPath(path: string): string {
  // Upper case first: a letter whose capital is another's is one with it.
  return tidyPath(
    path
      .replace(/;[^/]*/g, '')
      .toUpperCase()
      .toLowerCase(),
  );
}

/** Without empty segments and a slash at the end alone: as Next's routes compare. */
export function tidyPath(path: string): string {
  const plain = path.replace(/\/{2,}/g, '/');
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

/** Tells whether a folded path is another one, or below it. */
export function isBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

function below(path: string, parent: string): string {
  return path.slice(parent.length) || '/';
}

/** More than any server takes off, however many there are in a row. */
const MOST_LEVELS = 4;

/** A path and what it is decoded, again and again, until nothing is encoded any more. */
function decode(path: string): readonly string[] | undefined {
  const levels = [path];
  for (let last = path; levels.length <= MOST_LEVELS; levels.push(last)) {
    const next = decodeOnce(last);
    if (next === last) return levels;
    last = next;
  }
  return undefined;
}

/** What is no UTF-8 stays as it is, so that it hides nothing beside it. */
function decodeOnce(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%[0-7][\da-f]/gi, decodeURIComponent);
    }
  });
}

/** Leaves out what a URL is read without (WHATWG URL section 4.4): tabs, ends of lines, control characters and spaces at its end. */
function withoutSpace(path: string): string {
  const text = path.replace(/[\t\n\r]/g, '');
  let end = text.length;
  // Before the first there is NaN.
  while (text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(0, end);
}

function resolveDots(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/').slice(1)) {
    if (part === '..') kept.pop();
    else if (part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

/** The page whose data or payload a folded path names. Next reads `/index/admin` there as `/admin`. */
function pagesOf(path: string): readonly string[] {
  const page = dataOf(path) ?? payloadOf(path) ?? path.replace(/\0.*$/s, '');
  return page === path ? [] : [page.replace(/^\/index(?=$|\/)/, '') || '/'];
}

function dataOf(path: string): string | undefined {
  return /^\/_next\/data\/[^/]+(\/.*)\.json$/s.exec(path)?.[1];
}

function payloadOf(path: string): string | undefined {
  if (!path.endsWith('.rsc')) return undefined;
  const [page = ''] = path.split('.segments/', 1);
  return page.replace(/(?:\.prefetch)?\.rsc$/, '');
}

/**
 * Gives the path in whose place an intercepting route shows a page: `/photo` for `/feed/(..)photo`, which Next answers by that
 * name, too. Of a path without such a mark, the path.
 */
function interceptedBy(path: string): string {
  const [, above = '', marks = '', rest = ''] = INTERCEPTING.exec(path) ?? [];
  if (marks === '') return path;
  const kept = marks === '(...)' ? [] : above.split('/');
  const up = marks.split('(..)').length - 1;
  return `${kept.slice(0, kept.length - up).join('/')}/${rest}`;
}

/** Gives the page below which an intercepting route is, by the route's own name; empty at the top. Undefined of any other path. */
export function interceptorsBase(path: string): string | undefined {
  return INTERCEPTING.exec(path)?.[1];
}

const INTERCEPTING = /^(.*?)\/(\(\.\)|\(\.\.\.\)|(?:\(\.\.\))+)([^/].*)$/s;
