import type { LoginCheckOptions, LoginClient, LoginResponse } from '../../src/index.js';

/** How the stand-ins of one shape of application are asked; where they listen is not known yet. */
export type Shape = Omit<LoginCheckOptions, 'origin'>;

const strangerAddress = '127.0.0.2';
const field =
  (...names: readonly string[]) =>
  ({ body }: LoginResponse) =>
    names.reduce((value, name) => value?.[name], JSON.parse(body));

/** Express, a session with a CSRF token, passwords. */
const cookieSession: Shape = {
  path: '/api/users/me',
  whoAmI: field('handle'),
  strangerAddress,
  openPath: '/public/theme.css',
  signIn: (client) => client.send('/csrf-token'),
  sessionMark: field('csrfToken'),
  localLogin: {
    user: 'carol',
    async signIn(client) {
      const { body } = await client.send('/csrf-token');
      await client.send('/api/users/login', {
        headers: { 'X-CSRF-Token': JSON.parse(body).token },
        json: { handle: 'carol', password: 'password of carol' },
      });
    },
  },
};

/** Koa, a session in a cookie, public shares, a link that signs in. */
const publicShares: Shape = {
  path: '/~/whoami',
  whoAmI: field('username'),
  strangerAddress,
  openPath: '/pub/readme.txt',
  localLogin: {
    user: 'carol',
    signIn: (client) => client.send('/~/whoami?login=carol:password%20of%20carol'),
  },
};

/** The same, with Basic in the place of the link. */
const publicSharesByBasic: Shape = {
  ...publicShares,
  localLogin: {
    user: 'carol',
    async signIn(client) {
      const credentials = Buffer.from('carol:password of carol').toString('base64');
      client.setHeader('Authorization', `Basic ${credentials}`);
    },
  },
};

/** Fastify, short JWTs, a refresh cookie. */
const refreshTokens: Shape = {
  path: '/api/users/me',
  whoAmI: field('username'),
  strangerAddress,
  openPath: '/api/version',
  signIn: async (client) => takeJwt(client, await client.send('/api/auth/session', POST)),
  renew: async (client) => takeJwt(client, await client.send('/api/auth/refresh', POST)),
  localLogin: {
    user: 'carol',
    async signIn(client) {
      const json = { username: 'carol', password: 'password of carol' };
      takeJwt(client, await client.send('/api/auth/login', { json }));
    },
  },
};

/** Express, tokens in SQLite, a header of its own. */
const bearerTokens: Shape = {
  path: '/account/validate',
  whoAmI: field('data', 'userName'),
  strangerAddress,
  openPath: '/info',
  signIn: (client) => takeToken(client, { loginMethod: 'header' }),
  localLogin: {
    user: 'carol',
    signIn: (client) => takeToken(client, { userName: 'carol', password: 'password of carol' }),
  },
};

const POST = { method: 'POST' } as const;

function takeJwt(client: LoginClient, { status, body }: LoginResponse): void {
  if (status === 200) client.setHeader('Authorization', `Bearer ${JSON.parse(body).access_token}`);
}

async function takeToken(client: LoginClient, json: object): Promise<void> {
  const { status, body } = await client.send('/account/login', { json });
  if (status === 200) client.setHeader('X-Sync-Token', JSON.parse(body).data.token);
}

export const SHAPES = {
  'cookie-session': [cookieSession],
  'public-shares': [publicShares, publicSharesByBasic],
  'refresh-tokens': [refreshTokens],
  'bearer-tokens': [bearerTokens],
} as const satisfies Record<string, readonly Shape[]>;
