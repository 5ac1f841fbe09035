import { createAuthenticator } from '@trusted-header/core';
import { Strategy } from 'passport-trusted-header';
import proxyAddr from 'proxy-addr';
import { inTurn } from '../in-turn.js';
import { measureAll } from '../measure.js';
import type { DecisionRow } from '../results.js';
import type { Settings } from '../settings.js';
import { makeRequest, type SampleRequest } from './requests.js';

const PROXY = '172.20.0.2';
const USERS = 1_024;

/** The whole decision about a request, against what people write. */
export function runDecision(settings: Settings): Promise<readonly DecisionRow[]> {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
  const users = Array.from({ length: USERS }, (_, i) => makeRequest(i, PROXY));
  const one = makeRequest(0, PROXY);
  const nobody = makeRequest(undefined, PROXY);
  const stranger = makeRequest(0, '10.0.0.9');
  const isProxy = proxyAddr.compile([PROXY]);
  const strategy = createStrategy();
  const next = inTurn(users);

  return measureAll(
    [
      { name: 'four lookups and a split', run: () => look(next()) },
      { name: 'four lookups and a split, the same request', run: () => look(one) },
      { name: 'by hand with proxy-addr', run: () => byHand(isProxy, next()) },
      { name: 'passport-trusted-header', run: () => strategy(next()) },
      { name: 'passport-trusted-header, the same request', run: () => strategy(one) },
      { name: 'trusted-header, authenticated', run: () => authenticate(next()) },
      { name: 'trusted-header, authenticated, the same request', run: () => authenticate(one) },
      { name: 'trusted-header, anonymous', run: () => authenticate(nobody) },
      { name: 'trusted-header, refused', run: () => authenticate(stranger) },
    ],
    settings,
  );
}

/** The floor: believes anybody. */
function look({ headers }: SampleRequest): object {
  return {
    user: headers['remote-user'],
    groups: headers['remote-groups']?.split(','),
    name: headers['remote-name'],
    email: headers['remote-email'],
  };
}

/** What a careful author writes: the peer, the encoding, and no rule about repeated or aliased headers. */
function byHand(
  isProxy: (address: string, hop: number) => boolean,
  { peer, headers }: SampleRequest,
): object | undefined {
  if (!isProxy(peer, 0)) return undefined;
  const user = headers['remote-user'];
  if (user === undefined || user === '') return undefined;
  return {
    user: fromLatin1(user),
    groups: fromLatin1(headers['remote-groups'] ?? '')
      .split(',')
      .map((group) => group.trim())
      .filter(Boolean),
    name: fromLatin1(headers['remote-name'] ?? ''),
    email: fromLatin1(headers['remote-email'] ?? ''),
  };
}

function fromLatin1(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

/** Its strategy alone, without passport around it: it believes anybody, too. */
function createStrategy(): (request: SampleRequest) => object | undefined {
  const headers = ['remote-user', 'remote-groups', 'remote-name', 'remote-email'];
  let found: object | undefined;
  const strategy = new Strategy({ headers }, (values, done) =>
    done(null, { ...values, groups: values['remote-groups']?.split(',') }),
  );
  strategy.success = (user) => {
    found = user;
  };
  strategy.fail = () => {
    found = undefined;
  };
  return (request) => {
    strategy.authenticate(request);
    return found;
  };
}
