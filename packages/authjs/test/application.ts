import { Auth, type AuthConfig } from '@auth/core';
import { decode } from '@auth/core/jwt';
import Credentials from '@auth/core/providers/credentials';
import { createAuthenticator, type Decision } from '@trusted-header/core';
import { trustedHeaderCallbacks, trustedHeaderJwt, trustedHeaderProvider } from '../src/index.js';
import { untyped } from './untyped.js';

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });

/** Decides as an adapter does. */
export function decide(user: string | undefined, groups = '', peer = '127.0.0.1'): Decision {
  const rawHeaders = user === undefined ? [] : ['Remote-User', user, 'Remote-Groups', groups];
  return authenticator.authenticate({ peer, rawHeaders });
}

export const ALICE = decide('alice', 'ops');
export const BOB = decide('bob', 'dev');
export const NOBODY = decide(undefined);
/** Alice's name, from an address that is no proxy's. */
export const STRANGER = decide('alice', 'ops', '127.0.0.2');
export const UNDECIDED = { kind: 'undecided' } as const;

export type RequestDecision = Decision | typeof UNDECIDED;

/** Who is not alice, in the groups of {@link ALICE}. */
export const NOT_ALICE: readonly (readonly [who: string, decision: RequestDecision])[] = [
  ['bob', BOB],
  ['nobody', NOBODY],
  ['a stranger with alice’s cookie', STRANGER],
  ['alice in other groups', decide('alice', 'dev')],
  ['a request about which nothing is known', UNDECIDED],
  ['untyped garbage', untyped({ kind: 'yes' })],
];

const ORIGIN = 'https://app.test';

/** What an application may say otherwise. */
export interface Settings {
  readonly onMissing?: 'end' | 'keep';
  /** `callbacks`: what Auth.js decodes is not compared. Only the callbacks can be seen to compare then. */
  readonly comparedBy?: 'callbacks';
  readonly jwt?: NonNullable<NonNullable<AuthConfig['callbacks']>['jwt']>;
}

/** An application with Auth.js, which knows alice, bob and carol, and has a login by password as well. */
export function createApplication({ comparedBy, ...settings }: Settings = {}) {
  let decision: RequestDecision = NOBODY;
  const database = { isDown: false };
  const errors: unknown[] = [];
  const getDecision = async () => decision;
  const getIdentity = async () =>
    decision.kind === 'authenticated' ? decision.identity : undefined;
  const { onMissing = 'end' } = settings;
  const jwt: NonNullable<AuthConfig['jwt']> = trustedHeaderJwt({ getDecision, decode, onMissing });
  const config: AuthConfig = {
    providers: [
      trustedHeaderProvider({
        getIdentity,
        find({ user }) {
          if (database.isDown) throw new Error('down');
          const isKnown = ['alice', 'bob', 'carol'].includes(user);
          return isKnown ? { id: `id-${user}`, name: user, email: `${user}@app.test` } : null;
        },
      }),
      Credentials({
        id: 'password',
        credentials: { password: {} },
        authorize: ({ password }) => (password === 'of dave' ? { id: '4', name: 'dave' } : null),
      }),
    ],
    callbacks: trustedHeaderCallbacks({ getDecision, ...settings }),
    jwt: comparedBy === 'callbacks' ? {} : jwt,
    session: { strategy: 'jwt' },
    secret: 'a secret of more than 32 characters',
    trustHost: true,
    basePath: '/auth',
    logger: { error: (error) => errors.push(error), warn: () => undefined },
  };
  const jar = new Map<string, string>();

  async function ask(asked: RequestDecision, path: string, form?: Record<string, string>) {
    decision = asked;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(`${ORIGIN}/auth${path}`, {
      headers: { cookie, origin: ORIGIN, 'remote-user': 'eve' },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const response = await Auth(request, config);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  async function csrfToken(asked: RequestDecision): Promise<string> {
    const { csrfToken }: { csrfToken: string } = Object(await (await ask(asked, '/csrf')).json());
    return csrfToken;
  }

  return {
    jar,
    database,
    errors,
    ask,
    /** Presses the button of Auth.js's sign-in page; gives where that leads. */
    async signIn(asked: RequestDecision, provider = 'trusted-header', more = {}) {
      const form = { csrfToken: await csrfToken(asked), ...more };
      const { headers } = await ask(asked, `/callback/${provider}`, form);
      return headers.get('location');
    },
    /** Gives who Auth.js takes the request for. */
    async userOf(asked: RequestDecision): Promise<string | null> {
      const session: { user?: { name?: string } } | null = Object(
        await (await ask(asked, '/session')).json(),
      );
      return session?.user?.name ?? null;
    },
    /** What a browser sends to change its session. */
    async update(asked: RequestDecision, data: Record<string, unknown>): Promise<void> {
      decision = asked;
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const body = JSON.stringify({ csrfToken: await csrfToken(asked), data });
      const headers = { cookie, 'content-type': 'application/json' };
      const request = new Request(`${ORIGIN}/auth/session`, { method: 'POST', headers, body });
      const response = await Auth(request, config);
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
    },
    get session(): string | undefined {
      return jar.get('__Secure-authjs.session-token');
    },
  };
}
