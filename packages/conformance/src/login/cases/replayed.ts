import type { LoginGroup } from '../login-case.js';
import { ALICE_NOTES, NOTHING, STRANGER, sees } from './build.js';

const copied = { ...ALICE_NOTES, copies: 'alice’s' } as const;
const replayed = { browser: 'attacker', pastes: 'alice’s', send: 'GET /me' } as const;

export const replays: LoginGroup = {
  title: 'old cookie replayed',
  cases: [
    {
      id: 'her-cookie-as-somebody-else',
      why: 'alice’s cookie and `Remote-User: bob` is bob, with nothing of hers',
      steps: [copied, { ...replayed, as: 'bob', expect: sees('bob') }],
    },
    {
      id: 'her-cookie-as-nobody',
      why: 'a copied cookie is of no use to whom the proxy does not name',
      steps: [copied, { ...replayed, expect: NOTHING }],
    },
    {
      id: 'her-cookie-past-the-proxy',
      why: 'the same from another address of the network',
      steps: [copied, { ...replayed, peer: STRANGER, expect: NOTHING }],
    },
    {
      id: 'her-cookie-as-unknown',
      why: 'somebody whom the application does not know brings her cookie',
      steps: [
        copied,
        { ...replayed, as: 'mallory', expect: { status: 403, code: 'user-unknown' } },
      ],
    },
    {
      id: 'old-cookie-after-the-end',
      why: 'a session that has ended does not come back',
      steps: [
        copied,
        { send: 'GET /me', expect: NOTHING },
        { ...replayed, expect: NOTHING },
        { ...replayed, as: 'bob', expect: sees('bob') },
        { ...replayed, as: 'alice', expect: sees('alice'), stateless: sees('alice', 'hers') },
      ],
    },
    {
      id: 'old-cookie-after-a-switch',
      why: 'her old cookie is neither bob, who came after her, nor anything of his',
      steps: [
        copied,
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        { ...replayed, expect: NOTHING },
        { ...replayed, as: 'bob', expect: sees('bob') },
        { as: 'bob', send: 'GET /me', expect: sees('bob', 'his') },
      ],
    },
    {
      id: 'old-cookie-after-a-switch-kept',
      why: 'with `keep` nobody compares: only a store can forget (the README names those that cannot)',
      options: { onMissing: 'keep' },
      steps: [
        copied,
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        { ...replayed, expect: NOTHING, stateless: sees('alice', 'hers') },
      ],
    },
    {
      id: 'old-cookie-after-a-sign-out-kept',
      why: 'the same after she has signed out',
      options: { onMissing: 'keep' },
      steps: [
        copied,
        { as: 'alice', send: 'POST /sign-out', expect: NOTHING },
        { ...replayed, expect: NOTHING, stateless: sees('alice', 'hers') },
      ],
    },
  ],
};
