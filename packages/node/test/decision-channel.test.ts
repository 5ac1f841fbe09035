import { execFileSync } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { resolveNodeOptions } from '../src/index.js';
import { productionEnv } from './in-process.js';

/** What a subscriber is told by one of the two copies. */
const TOLD = [
  'trusted-header.decision john authelia',
  // Denied by hand, without the request: nobody knows by which profile any more.
  'trusted-header.decision john  user-not-allowed',
  'trusted-header.decision peer-untrusted ',
  'trusted-header.decision anonymous ',
  'trusted-header.decision anonymous ',
];

const KINDS = ['authenticated', 'refused', 'anonymous', 'anonymous'];

describe('the diagnostics channel trusted-header.decision, in a process of its own', () => {
  const program = new URL('own/tell-decisions.mjs', import.meta.url).pathname;
  const output = execFileSync(process.execPath, [program], {
    encoding: 'utf8',
    env: productionEnv(),
  });
  const { kinds, told, fails } = JSON.parse(output);

  it.each(['before', 'before, channel', 'after', 'after, channel'])(
    'tells every decision once, of two copies of the package, to who has subscribed %s',
    (who) => {
      expect(told[who]).toEqual([...TOLD, ...TOLD]);
    },
  );

  it('goes on with the process, and with the same decisions, where subscribers throw or reject', () => {
    expect(kinds).toEqual([...KINDS, ...KINDS]);
    expect(fails).toEqual({ 'a throw': 40, 'a rejection': 40 });
  });
});

it('tells of decisions on the channel where there is one copy of the package', () => {
  const told: unknown[] = [];
  subscribe('trusted-header.decision', (event) =>
    told.push(Reflect.get(Object(event), 'decision')),
  );
  const { authenticator } = resolveNodeOptions({ trustedProxies: '10.0.0.1', log: false });
  const decision = authenticator.authenticate({ peer: '10.0.0.9', rawHeaders: [] });
  expect(told).toEqual([decision]);
});
