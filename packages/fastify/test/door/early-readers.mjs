// A Fastify application in a process of its own, with everything that reads requests before its hooks do. Prints its port to
// its parent, and on demand who has seen an identity header.
import dns from 'node:dns';
import { Writable } from 'node:stream';
import { trustedHeader } from '@trusted-header/fastify';
import Fastify from 'fastify';

const [place, protocol] = process.argv.slice(2);
/** @type {Record<string, string[]>} */
const seen = {};

/** @param {string} who @param {any} req */
function look(who, req) {
  seen[who] ??= [];
  const { headers = {}, headersDistinct = {}, rawHeaders = [], raw } = req;
  const names = [headers, headersDistinct].flatMap((each) => Object.keys(each)).concat(rawHeaders);
  const sensitive = Object.getOwnPropertySymbols(headers).flatMap((key) => headers[key]);
  seen[who].push(...[...names, ...sensitive].filter((name) => /^remote[-_.]|mallory/i.test(name)));
  if (raw) look(who, raw);
}

// On most machines `localhost` is two addresses, and Fastify makes a second server for the second one.
const real = dns.lookup;
Object.assign(dns, {
  lookup: (/** @type {string} */ host, /** @type {any} */ options, /** @type {any} */ callback) => {
    if (host !== 'localhost' || !options?.all) {
      return Reflect.apply(real, dns, [host, options, callback]);
    }
    const addresses = ['127.0.0.1', '127.0.0.3'].map((address) => ({ address, family: 4 }));
    return process.nextTick(callback, null, addresses);
  },
});

const options = {
  rewriteUrl: (/** @type {any} */ req) => {
    look('rewriteUrl', req);
    return req.url;
  },
  genReqId: (/** @type {any} */ req) => {
    look('genReqId', req);
    return 'id';
  },
  logger: {
    stream: new Writable({ write: (_chunk, _encoding, done) => done() }),
    serializers: {
      req: (/** @type {any} */ request) => {
        look('serializer', request);
        return {};
      },
    },
  },
  frameworkErrors: (
    /** @type {any} */ _error,
    /** @type {any} */ request,
    /** @type {any} */ reply,
  ) => {
    look('frameworkErrors', request);
    reply.code(400).send('framework');
  },
  routerOptions: {
    constraints: {
      tenant: {
        name: 'tenant',
        storage: () => {
          /** @type {Map<string, any>} */
          const handlers = new Map();
          return {
            get: (/** @type {string} */ key) => handlers.get(key) ?? null,
            set: (/** @type {string} */ key, /** @type {any} */ handler) =>
              handlers.set(key, handler),
          };
        },
        deriveConstraint: (/** @type {any} */ req) => {
          look('constraint', req);
          return 'any';
        },
        validate: () => undefined,
      },
    },
  },
};
/** @type {any} */
const app = protocol === '2' ? Fastify({ ...options, http2: true }) : Fastify(options);
app.addHook('onRequest', async (/** @type {any} */ request) => look('onRequest', request));
app.setNotFoundHandler((/** @type {any} */ request, /** @type {any} */ reply) => {
  look('notFound', request);
  reply.code(404).send('not found');
});
app.get('/out', { constraints: { tenant: 'any' } }, (/** @type {any} */ request) => {
  look('handler', request);
  return 'out';
});
const protect = { trustedProxies: '127.0.0.1', log: false };
if (place === 'root') await app.register(trustedHeader, protect);
await app.register(
  async (/** @type {any} */ scope) => {
    if (place === 'scope') await scope.register(trustedHeader, protect);
    scope.get('/', (/** @type {any} */ request) => {
      look('handler', request);
      return request.identity.user;
    });
  },
  { prefix: '/in' },
);
process.on('message', () => process.send?.(seen));
await app.listen({ port: 0 });
process.send?.(app.server.address().port);
