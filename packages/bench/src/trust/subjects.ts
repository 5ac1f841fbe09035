import { BlockList, isIP } from 'node:net';
import { compile as compileFastify } from '@fastify/proxy-addr';
import { compileTrust } from '@trusted-header/core';
import { containsCidr } from 'cidr-tools';
import { contains } from 'fast-cidr-tools';
import { Hono } from 'hono';
import { ipRestriction } from 'hono/ip-restriction';
import { getMatch } from 'ip-matching';
import ipaddr from 'ipaddr.js';
import { createChecker } from 'is-in-subnet';
import { Netmask } from 'netmask';
import proxyAddr from 'proxy-addr';

/** A way to tell whether an address is in a list. May throw on what is no address; may give a promise. */
export type Check = (peer: string) => unknown;

/** One side of the comparison. */
export interface Subject {
  readonly name: string;
  /** Compiles a list, as far as the library can. */
  readonly compile: (prefixes: readonly string[]) => Check;
}

export const OURS: Subject = {
  name: '@trusted-header/core',
  compile: (prefixes) => {
    const trust = compileTrust(prefixes);
    return (peer) => trust.has(peer);
  },
};

/** The libraries that Node applications check addresses with. Each is used as its documentation says, compiled if it can. */
export const PEERS: readonly Subject[] = [
  {
    name: 'proxy-addr',
    compile: (prefixes) => {
      const trust = proxyAddr.compile([...prefixes]);
      return (peer) => trust(peer, 0);
    },
  },
  {
    name: '@fastify/proxy-addr',
    compile: (prefixes) => {
      const trust = compileFastify([...prefixes]);
      return (peer) => trust(peer, 0);
    },
  },
  {
    name: 'ipaddr.js',
    compile: (prefixes) => {
      const blocks = prefixes.map((text) => ipaddr.parseCIDR(withLength(text)));
      return (peer) => {
        const address = ipaddr.process(peer);
        return blocks.some(([network, length]) =>
          network.kind() === address.kind() ? address.match([network, length]) : false,
        );
      };
    },
  },
  {
    name: 'net.BlockList',
    compile: (prefixes) => {
      const list = new BlockList();
      for (const text of prefixes) {
        const [network = '', length] = withLength(text).split('/');
        list.addSubnet(network, Number(length), network.includes(':') ? 'ipv6' : 'ipv4');
      }
      return (peer) => list.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4');
    },
  },
  { name: 'hono/ip-restriction', compile: compileHono },
  {
    name: 'is-in-subnet',
    compile: (prefixes) => createChecker(prefixes.map(withLength)),
  },
  {
    name: 'ip-matching',
    compile: (prefixes) => {
      const matches = prefixes.map((text) => getMatch(text));
      return (peer) => matches.some((match) => match.matches(peer));
    },
  },
  {
    name: 'netmask',
    compile: (prefixes) => {
      const masks = prefixes.map((text) => new Netmask(text));
      return (peer) => masks.some((mask) => mask.contains(peer));
    },
  },
  {
    name: 'cidr-tools',
    compile: (prefixes) => {
      const list = [...prefixes];
      return (peer) => containsCidr(list, peer);
    },
  },
  {
    name: 'fast-cidr-tools',
    compile: (prefixes) => {
      const list = prefixes.map(withLength);
      return (peer) => contains(list, [peer]);
    },
  },
];

/** Its middleware, called as Hono calls it. Lets through by calling `next`, and throws where it does not. */
function compileHono(prefixes: readonly string[]): Check {
  let peer = '';
  const restrict = ipRestriction(() => peer, { allowList: [...prefixes] });
  const context = captureContext();
  return (address) => {
    peer = address;
    let isIn = false;
    const passed = restrict(context, () => {
      isIn = true;
      return Promise.resolve();
    });
    return passed.then(
      () => isIn,
      () => false,
    );
  };
}

function captureContext() {
  const app = new Hono();
  const contexts: Parameters<ReturnType<typeof ipRestriction>>[0][] = [];
  app.get('/', (c) => {
    contexts.push(c);
    return c.body(null);
  });
  void app.request('/');
  const [context] = contexts;
  if (!context) throw new Error('Hono has not called its handler');
  return context;
}

function withLength(text: string): string {
  if (text.includes('/')) return text;
  return `${text}/${text.includes(':') ? 128 : 32}`;
}
