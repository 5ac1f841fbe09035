// An application of Auth.js in a process of its own, with a database adapter and an OAuth provider beside ours. It tells its port.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { Auth } from '@auth/core';
import { decode, getToken } from '@auth/core/jwt';
import {
  trustedHeaderCallbacks,
  trustedHeaderJwt,
  trustedHeaderProvider,
} from '@trusted-header/authjs';
import { createAuthenticator } from '@trusted-header/core';

const issuer = process.argv[2];
const secret = 'a secret of more than 32 characters';
const users = [];
const accounts = [];
const userOf = (id) => users.find((user) => user.id === id) ?? null;
const adapter = {
  async createUser(user) {
    users.push({ ...user, id: `id-${users.length + 1}` });
    return users.at(-1);
  },
  getUser: async (id) => userOf(id),
  getUserByEmail: async () => null,
  async getUserByAccount({ provider, providerAccountId }) {
    const found = accounts.find(
      (it) => it.provider === provider && it.providerAccountId === providerAccountId,
    );
    return found ? userOf(found.userId) : null;
  },
  linkAccount: async (account) => void accounts.push(account),
};

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const decisions = new AsyncLocalStorage();
const getDecision = async () => decisions.getStore() ?? { kind: 'undecided' };
const getIdentity = async () => (await getDecision()).identity;
const jwt = trustedHeaderJwt({ getDecision, decode });
const config = {
  adapter,
  providers: [
    trustedHeaderProvider({
      getIdentity,
      find: ({ user }) => users.find(({ name }) => name === user) ?? null,
      create: ({ user }) => adapter.createUser({ name: user }),
    }),
    {
      id: 'github',
      name: 'GitHub',
      type: 'oauth',
      clientId: 'client',
      clientSecret: 'secret',
      checks: ['state'],
      issuer,
      authorization: { url: `${issuer}/authorize`, params: { scope: 'user' } },
      token: `${issuer}/token`,
      userinfo: `${issuer}/user`,
      profile: ({ id, name }) => ({ id, name, email: `${id}@github.test` }),
    },
  ],
  callbacks: trustedHeaderCallbacks({ getDecision }),
  jwt,
  session: { strategy: 'jwt' },
  secret,
  trustHost: true,
  basePath: '/auth',
  logger: { error() {}, warn() {} },
};

const seen = {
  accounts: () => accounts.map(({ provider, userId }) => [provider, userOf(userId).name]),
  token: async (req) => (await getToken({ req, secret }))?.name ?? null,
  'compared-token': async (req) =>
    (await getToken({ req, secret, decode: jwt.decode }))?.name ?? null,
};

const server = createServer(async (req, res) => {
  const { remoteAddress: peer } = req.socket;
  const decision = authenticator.authenticate({ peer, rawHeaders: req.rawHeaders });
  const see = seen[req.url.slice(1)];
  if (see) return res.end(JSON.stringify(await decisions.run(decision, () => see(req))));
  let body = '';
  for await (const chunk of req) body += chunk;
  const request = new Request(`http://${req.headers.host}${req.url}`, {
    method: req.method,
    headers: req.headers,
    ...(req.method === 'POST' && { body }),
  });
  const answer = await decisions.run(decision, () => Auth(request, config));
  res.statusCode = answer.status;
  res.setHeaders(answer.headers);
  res.end(await answer.text());
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('disconnect', () => process.exit(0));
