import type { LoginCheckOptions, LoginClient, LoginResponse } from '../../src/index.js';

/** How the stand-ins of one shape of application are asked; where they listen is not known yet. */
export type Shape = Omit<LoginCheckOptions, 'origin'>;

const strangerAddress = '127.0.0.2';
const field =
  (name: string) =>
  ({ body }: LoginResponse) =>
    JSON.parse(body)[name];

/** Express, a session with a CSRF token, passwords. */
const cookieSession: Shape = {
  path: '/me',
  whoAmI: field('name'),
  strangerAddress,
  openPath: '/public/theme.css',
  signIn: (client) => client.send('/csrf-token'),
  sessionMark: field('csrfToken'),
  localLogin: {
    user: 'carol',
    async signIn(client) {
      const { body } = await client.send('/csrf-token');
      await client.send('/sign-in', {
        headers: { 'X-CSRF-Token': JSON.parse(body).token },
        json: { name: 'carol', password: 'password of carol' },
      });
    },
  },
};

/** Koa, a session in a cookie, public shares, a link that signs in. */
const publicShares: Shape = {
  path: '/me',
  whoAmI: field('name'),
  strangerAddress,
  openPath: '/pub/readme.txt',
  localLogin: {
    user: 'carol',
    signIn: (client) => client.send('/me?credentials=carol:password%20of%20carol'),
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
  path: '/me',
  whoAmI: field('name'),
  strangerAddress,
  openPath: '/version',
  signIn: async (client) => takeJwt(client, await client.send('/tokens/by-proxy', POST)),
  renew: async (client) => takeJwt(client, await client.send('/tokens/refresh', POST)),
  localLogin: {
    user: 'carol',
    async signIn(client) {
      const json = { name: 'carol', password: 'password of carol' };
      takeJwt(client, await client.send('/tokens/by-password', { json }));
    },
  },
};

/** Express, tokens in SQLite, a header of its own. */
const bearerTokens: Shape = {
  path: '/me',
  whoAmI: field('name'),
  strangerAddress,
  openPath: '/version',
  signIn: (client) => takeToken(client, { by: 'proxy' }),
  localLogin: {
    user: 'carol',
    signIn: (client) => takeToken(client, { name: 'carol', password: 'password of carol' }),
  },
};

const POST = { method: 'POST' } as const;

function takeJwt(client: LoginClient, { status, body }: LoginResponse): void {
  if (status === 200) client.setHeader('Authorization', `Bearer ${JSON.parse(body).token}`);
}

async function takeToken(client: LoginClient, json: object): Promise<void> {
  const { status, body } = await client.send('/tokens', { json });
  if (status === 200) client.setHeader('X-Token', JSON.parse(body).token);
}

export const SHAPES = {
  'cookie-session': [cookieSession],
  'public-shares': [publicShares, publicSharesByBasic],
  'refresh-tokens': [refreshTokens],
  'bearer-tokens': [bearerTokens],
} as const satisfies Record<string, readonly Shape[]>;
