// Runs the conformance suite against a real build of conformance-app: argument is its folder. Prints one JSON object:
// what went wrong, by id. A process of its own, and a test run as far as own connections go: the clients are in it.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${dir}/`));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

process.chdir(dir);
const { answerAs, conformanceCases, probe, runCase } = await import('@trusted-header/conformance');
const { guardServer } = await import('@trusted-header/node');
const { registerTrustedHeader } = await load('@trusted-header/nextjs');
const { resolveAdapterOptions } = await load('@trusted-header/core');
const { default: next } = await load('next');

let current;
const respond = (status, body) => new Response(body, { status });
const slot = {
  probe,
  observe: (...args) => current.observe(...args),
  answer: (refusal) => current.onRefusal && answerAs(current.onRefusal, refusal, respond),
};
Object.defineProperty(globalThis, Symbol.for('conformance'), { value: slot });

const app = next({ dev: false, dir, hostname: '127.0.0.1', port: 3000 });
await app.prepare();
const handle = app.getRequestHandler();

const target = {
  name: '@trusted-header/nextjs on a real build',
  door: true,
  createServer({ options, onRefusal, door, observe }) {
    const settings = resolveAdapterOptions(options);
    const handler = (req, res) => handle(req, res);
    const server = createServer(handler);
    const register = () => {
      registerTrustedHeader(settings);
      current = { observe, onRefusal };
    };
    server.prependListener('connection', register);
    // As a custom server does that has other listeners beside Next, which nobody asks.
    if (door) {
      register();
      guardServer(server, { ...settings, handler });
    }
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
