// Subscribes to the diagnostics channel before and after the packages are there, in each way, with functions that throw or reject,
// and decides with two copies of the packages. Prints what subscribers were told: a process that has ended prints nothing.
import diagnostics from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

const NAME = 'trusted-header.decision';
const told = { before: [], 'before, channel': [], after: [], 'after, channel': [] };
const fails = { 'a throw': 0, 'a rejection': 0 };

/** Notes what it is told, between two that fail. */
function subscribe(how, who) {
  how((event, name) => {
    fails['a throw']++;
    throw new Error(`${name} ${event.decision.kind}`);
  });
  how(({ decision, profile, denied }, name) => {
    const what = decision.reason ?? decision.identity?.user ?? decision.kind;
    told[who].push([name, what, profile ?? null, ...(denied ? [denied.reason] : [])].join(' '));
  });
  how(async () => {
    fails['a rejection']++;
    throw new Error('later');
  });
}

const channel = diagnostics.channel(NAME);
subscribe((subscriber) => diagnostics.subscribe(NAME, subscriber), 'before');
subscribe((subscriber) => channel.subscribe(subscriber), 'before, channel');

const require = createRequire(import.meta.url);
const commonjs = (name) =>
  require(require.resolve(name).replace(/\bdist\/index\.js$/, 'dist/cjs/index.cjs'));
const copies = [
  { ...(await import('@trusted-header/core')), ...(await import('@trusted-header/node')) },
  { ...commonjs('@trusted-header/core'), ...commonjs('@trusted-header/node') },
];
if (copies[0].createAuthenticator === copies[1].createAuthenticator) throw new Error('one copy');
const resolved = copies.map(({ resolveNodeOptions }) =>
  resolveNodeOptions({ trustedProxies: '192.0.2.2', log: false }),
);

subscribe((subscriber) => diagnostics.subscribe(NAME, subscriber), 'after');
subscribe((subscriber) => channel.subscribe(subscriber), 'after, channel');

const kinds = resolved.flatMap(({ authenticator }, i) => {
  const decide = (peer, ...rawHeaders) => authenticator.authenticate({ peer, rawHeaders });
  const john = decide('192.0.2.2', 'Remote-User', 'john');
  copies[i].compileGuard({ users: ['bob'] })(john);
  const stranger = decide('192.0.2.9', 'Remote-User', 'mallory');
  return [john, stranger, decide('192.0.2.9'), decide('192.0.2.2')].map(({ kind }) => kind);
});
await wait(50);
console.log(JSON.stringify({ kinds, told, fails }));
