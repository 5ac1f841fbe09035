// Runs the conformance suite against a real build of conformance-app: argument is its folder. Prints one JSON object:
// what went wrong, by id. A process of its own, and a test run as far as own connections go: the clients are in it.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${dir}/`));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

process.chdir(dir);
const { conformanceCases, probe, runCase } = await import('@trusted-header/conformance');
const { registerTrustedHeader } = await load('@trusted-header/nextjs');
const { resolveAdapterOptions } = await load('@trusted-header/core');
const { default: next } = await load('next');

let current;
const slot = { probe, observe: (...args) => current.observe(...args) };
Object.defineProperty(globalThis, Symbol.for('conformance'), { value: slot });

const app = next({ dev: false, dir, hostname: '127.0.0.1', port: 3000 });
await app.prepare();
const handle = app.getRequestHandler();

const target = {
  name: '@trusted-header/nextjs on a real build',
  createServer({ options, observe }) {
    const settings = resolveAdapterOptions(options);
    const server = createServer((req, res) => handle(req, res));
    server.prependListener('connection', () => {
      registerTrustedHeader(settings);
      current = { observe };
    });
    return server;
  },
};

const failures = {};
for (const each of conformanceCases) {
  try {
    await runCase(each, target);
  } catch (error) {
    failures[each.id] = error.message;
  }
}
console.log(JSON.stringify({ cases: conformanceCases.length, failures }));
process.exit();
