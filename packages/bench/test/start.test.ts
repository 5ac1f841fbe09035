import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

/** Modules of Node that take a start one to six milliseconds each: what a framework loads anyway is not ours. */
const DEAR = ['cluster', 'crypto', 'dns', 'http2', 'https', 'os', 'tls', 'worker_threads'];

it.each([
  ['core', []],
  ['node', []],
  ['login', []],
  ['hono', ['hono']],
  ['koa', ['koa']],
  ['express', ['express']],
  ['fastify', ['fastify']],
  ['nestjs', ['@nestjs/core']],
  ['nextjs', ['next']],
])('an import of %s loads no module of Node that few applications need', (name, beside) => {
  expect(loadedBy(`@trusted-header/${name}`, beside)).toEqual([]);
});

/** What of them is loaded, by Node's own list, that was not before. */
function loadedBy(name: string, beside: readonly string[]): unknown {
  const program = `
    const loaded = () => process.moduleLoadList.map((each) => each.replace('NativeModule ', ''));
    for (const each of ${JSON.stringify(beside)}) await import(each);
    const before = loaded();
    await import(${JSON.stringify(name)});
    const added = ${JSON.stringify(DEAR)}.filter((each) => !before.includes(each) && loaded().includes(each));
    process.stdout.write(JSON.stringify(added), () => process.exit());`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const args = ['--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }));
}
