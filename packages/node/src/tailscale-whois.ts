import type { Proof, RequestFacts, Verdict } from '@trusted-header/core';
import {
  readStatus,
  readWhois,
  type Tailnet,
  type Trouble,
  type WhoisNode,
} from './tailscale-answers.js';
import { createLocalApi } from './tailscale-local-api.js';
import { createMemo } from './tailscale-memo.js';
import { checkWhoisOptions, type TailscaleWhoisOptions } from './tailscale-options.js';
import { isLoopback, plainAddress, withPort } from './tailscale-peer.js';
import { judgeNode, missing, unavailable } from './tailscale-verdict.js';

/** As many addresses as a tailnet may have nodes that come within a few seconds. */
const MOST_ADDRESSES = 1000;

/**
 * Makes a proof that asks Tailscale on this machine who is at the other end of a connection: the user of the node, whatever
 * headers came. For applications that tailnet nodes reach *directly*, by `withProof(authenticator, tailscaleWhois())`.
 *
 * Refuses what Tailscale does not know (`proof-missing`): a carrier's NAT or a pod network in 100.64.0.0/10, other processes on
 * loopback, and whatever `tailscale serve` and Funnel bring. Refuses nodes that no user is at: tagged ones, ones that another
 * tailnet shares, this machine itself (`proof-invalid`). Without an answer of a running tailscaled nobody passes
 * (`proof-unavailable`, 503).
 *
 * A node is known by its address where tailscaled has a network interface, and by its port on loopback where it has none (userspace
 * networking). Never both: without an interface a tailnet address is somebody else's.
 *
 * @throws {ConfigError} `option-invalid`
 * @example
 * ```ts
 * import { tailscaleWhois } from '@trusted-header/node';
 *
 * const proof = tailscaleWhois({ tagged: (tags) => (tags.includes('tag:ci') ? 'ci' : undefined) });
 * ```
 */
export function tailscaleWhois(options: TailscaleWhoisOptions = {}): Proof {
  const settings = checkWhoisOptions(options);
  const { memoMs } = settings;
  const ask = createLocalApi(settings);
  const tailnets = createMemo<Tailnet | Trouble>(memoMs, 1, (told) => !('trouble' in told));
  const nodes = createMemo<WhoisNode | Trouble | undefined>(
    memoMs,
    MOST_ADDRESSES,
    (told) => told !== undefined && !('trouble' in told),
  );

  async function askStatus(): Promise<Tailnet | Trouble> {
    const reply = await ask('status?peers=false');
    return 'trouble' in reply ? reply : readStatus(reply);
  }

  async function askWhois(address: string): Promise<WhoisNode | Trouble | undefined> {
    const reply = await ask(`whois?proto=tcp&addr=${encodeURIComponent(address)}`);
    return 'trouble' in reply ? reply : readWhois(reply);
  }

  async function prove({ peer, peerPort }: RequestFacts): Promise<Verdict> {
    const address = plainAddress(peer);
    if (address === undefined)
      return missing('the connection has no IP address, as over a Unix socket');
    const tailnet = await tailnets.find('', askStatus);
    if ('trouble' in tailnet) return unavailable(settings, tailnet.trouble);
    if (!tailnet.hasInterface && !isLoopback(address)) return missing(NO_INTERFACE);
    if (!tailnet.hasInterface && peerPort === undefined)
      return missing('the port of the connection is not known');

    // An address is one node's. A port is of one connection, and somebody else's after it: that is asked each time.
    const node = tailnet.hasInterface
      ? await nodes.find(address, () => askWhois(address))
      : await askWhois(withPort(address, peerPort));
    if (node === undefined) return missing(tailnet.hasInterface ? NOT_AN_ADDRESS : NOT_A_PORT);
    if ('trouble' in node) return unavailable(settings, node.trouble);
    if (tailnet.hasInterface && !node.addresses.includes(address)) {
      return unavailable(settings, 'tailscaled answered about another node');
    }
    return judgeNode(node, tailnet, settings);
  }

  return {
    name: 'tailscale-whois',
    headers: [],
    asks: 'always',
    prove: ({ facts }) => prove(facts),
  };
}

const NO_INTERFACE =
  'tailscaled runs with userspace networking here: its nodes come from 127.0.0.1, and an address of 100.64.0.0/10 is of another network';
const NOT_AN_ADDRESS =
  'Tailscale knows no node of that address; 100.64.0.0/10 is also what carriers and pod networks use, and what comes through `tailscale serve` or Funnel has an address of this machine';
const NOT_A_PORT =
  'tailscaled has not opened that connection for a node: it is another process of this machine, `tailscale serve` or Funnel';
