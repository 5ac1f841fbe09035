import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { watchTrustedProxies } from '../../src/index.js';
import { record, startDnsServer, type Zone } from './dns-server.js';
import { modelOf, numberOf } from './slow-model.js';

const ROUNDS = 1_000;
const REQUESTS_A_ROUND = 1_000;
const ROUNDS_A_FILE = 50;

const PEERS = [
  ...Array.from({ length: 24 }, (_, i) => `198.51.100.${i}`),
  ...Array.from({ length: 12 }, (_, i) => `::ffff:198.51.100.${i * 2}`),
  ...Array.from({ length: 12 }, (_, i) => `2001:db8::${(i * 3).toString(16)}`),
  ...[
    '10.0.1.1',
    '11.0.0.1',
    '127.0.0.1',
    '::1',
    '0.0.0.0',
    '::',
    '2001:db8:1::1',
    '::198.51.100.1',
  ],
  // No addresses at all.
  ...[
    '',
    'traefik',
    '198.51.100.01',
    '198.51.100.1:80',
    '[2001:db8::3]',
    '2001:db8::3%eth0',
    '198.51.100.1 ',
    '10.1',
  ],
].map((text) => ({ text, number: numberOf(text) }));

/** The same numbers each time. */
function createDice(): (sides: number) => number {
  let state = 20_261_127;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

it('a million requests, while the list is swapped a thousand times and DNS changes: none is decided wrongly', async () => {
  const dice = createDice();
  const folder = await mkdtemp(join(tmpdir(), 'trusted-header-'));
  const file = join(folder, 'proxies');
  const server = await startDnsServer();
  const authenticator = createAuthenticator({ trustedProxies: '198.51.100.1', log: false });
  const watch = watchTrustedProxies(authenticator, [], { dns: { servers: [server.address] } });
  let wrong = 0;
  let authenticated = 0;
  let requests = 0;
  let namedByDns = 0;

  function ask(count: number, isTrusted: (peer: bigint | undefined) => boolean): void {
    for (let i = 0; i < count; i++) {
      const peer = PEERS[dice(PEERS.length)];
      if (!peer) continue;
      const user = `user-${requests++}`;
      const decision = authenticator.authenticate({
        peer: peer.text,
        rawHeaders: ['Host', 'app', 'Remote-User', user],
      });
      const isRight = isTrusted(peer.number)
        ? decision.kind === 'authenticated' && decision.identity.user === user
        : decision.kind === 'refused';
      if (!isRight) wrong++;
      if (decision.kind === 'authenticated') authenticated++;
    }
  }

  for (let round = 0; round < ROUNDS; round++) {
    const dns = nextAnswer(dice);
    server.zone.traefik = dns.zone;
    const literals = Array.from({ length: 1 + dice(3) }, () =>
      dice(8) === 0 ? '2001:db8::/124' : `198.51.100.${dice(24)}`,
    );
    const hasFile = round % ROUNDS_A_FILE === 0;
    const inFile = `198.51.100.${dice(24)}`;
    if (hasFile) {
      await writeFile(`${file}.new`, inFile);
      await rename(`${file}.new`, file);
    }
    // Without the sources first: what they named is forgotten, and asked for anew.
    authenticator.setTrustedProxies(literals);
    ask(REQUESTS_A_ROUND / 4, modelOf(literals));
    authenticator.setTrustedProxies([
      ...literals,
      'dns:traefik',
      ...(hasFile ? [`file:${file}`] : []),
    ]);
    // Nobody has answered yet: no request waits, and nobody new is believed.
    ask(REQUESTS_A_ROUND / 4, modelOf(literals));
    const again = watchTrustedProxies(authenticator);
    await again.ready;
    again.close();
    const named = [...literals, ...dns.believed, ...(hasFile ? [inFile] : [])];
    ask(REQUESTS_A_ROUND / 4, modelOf(named));
    await turn();
    ask(REQUESTS_A_ROUND / 4, modelOf(named));
    namedByDns += dns.believed.length > 0 ? 1 : 0;
  }
  watch.close();
  server.close();
  await rm(folder, { recursive: true });
  expect({ requests, wrong }).toEqual({ requests: 1_000_000, wrong: 0 });
  // That it was about something.
  expect(authenticated).toBeGreaterThan(50_000);
  expect(namedByDns).toBeGreaterThan(200);
}, 60_000);

/** What DNS answers, and who is to be believed for it. */
function nextAnswer(dice: (sides: number) => number): {
  readonly zone: NonNullable<Zone[string]>;
  readonly believed: readonly string[];
} {
  const records = (addresses: readonly string[]) =>
    addresses.map((address) => record('traefik', address, dice(90)));
  const good = [`198.51.100.${1 + dice(23)}`, `2001:db8::${(1 + dice(35)).toString(16)}`].slice(
    dice(2),
  );
  switch (dice(7)) {
    case 0:
      return { zone: 'NXDOMAIN', believed: [] };
    case 1:
      return { zone: 'SERVFAIL', believed: [] };
    case 2:
      return { zone: records([...good, '127.0.0.1']), believed: [] };
    case 3:
      return { zone: records(['0.0.0.0', ...good]), believed: [] };
    case 4: {
      const nine = Array.from({ length: 9 }, (_, i) => `198.51.100.${i + 1}`);
      return { zone: records(nine), believed: [] };
    }
    default:
      return { zone: records(good), believed: good };
  }
}
