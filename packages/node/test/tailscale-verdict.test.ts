import { expect, it } from '@jest/globals';
import { readStatus } from '../src/tailscale-answers.js';
import { judgeNode } from '../src/tailscale-verdict.js';

const tailnet = { hasInterface: true, addresses: ['100.64.0.1', 'fd7a::1'] };
const settings = { socket: '/run/tailscaled.sock', shared: 'refuse', tagged: 'refuse' };

it.each([
  [['100.64.0.9'], 'proven'],
  [['100.64.0.1', 'fd7a::9'], 'refused'],
  [['100.64.0.9', 'fd7a::1'], 'refused'],
])('believes no node that has an address of this machine: %j is %s', (addresses, kind) => {
  const node = { addresses, tags: [], isShared: false, login: 'a@b', displayName: '', picture: '' };
  expect(Reflect.apply(judgeNode, undefined, [node, tailnet, settings])).toMatchObject({ kind });
});

it.each([{ TUN: undefined }, { TUN: 'yes' }, { TailscaleIPs: ['100.64.0.1', 7] }])(
  'takes no status that says less than it should, or something else: %j',
  (more) => {
    const status = { BackendState: 'Running', TUN: true, TailscaleIPs: ['100.64.0.1'] };
    const read = (text: object) => readStatus({ status: 200, text: JSON.stringify(text) });
    expect(read(status)).toEqual({ hasInterface: true, addresses: ['100.64.0.1'] });
    expect(read({ ...status, ...more })).toEqual({
      trouble: 'tailscaled did not answer as it should',
    });
  },
);
