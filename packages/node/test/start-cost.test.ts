import { expect, it } from '@jest/globals';
import { run } from './in-process.js';

/** Modules of Node that take a start one to six milliseconds each, and that hardly any application needs for us. */
const DEAR = ['cluster', 'crypto', 'dns', 'http2', 'https', 'os', 'tls', 'worker_threads'];

/** Which of them are loaded, by Node's own list, after a program that is no more than this. */
async function loadedBy(script: string): Promise<unknown> {
  const print = `
    const loaded = process.moduleLoadList.map((name) => name.replace('NativeModule ', ''));
    console.log(JSON.stringify(${JSON.stringify(DEAR)}.filter((name) => loaded.includes(name))));`;
  const { stdout } = await run(['--input-type=module', '--eval', script + print]);
  return JSON.parse(stdout);
}

const START =
  "import { createServer } from 'node:http'; import { guardServer } from '@trusted-header/node';";

it.each<[what: string, script: string, loaded: readonly string[]]>([
  ['an import loads none', "import '@trusted-header/node';", []],
  [
    'a start that trusts the proxy next door loads none',
    `${START} guardServer(createServer(), { trustedProxies: '172.20.0.2' });`,
    [],
  ],
  [
    'with loopback in the list it is asked whether there are other threads and workers',
    `${START} guardServer(createServer(), { trustedProxies: '127.0.0.1' });`,
    ['cluster', 'worker_threads'],
  ],
])('%s', async (_, script, loaded) => {
  expect(await loadedBy(script)).toEqual(loaded);
});

it('takes the class of certified connections at the start that asks for certificates', async () => {
  const loaded = await loadedBy(
    `${START} guardServer(createServer(), { trustedProxies: '172.20.0.2', clientCertificate: { names: ['gateway'] } });`,
  );
  expect(loaded).toContain('tls');
});
