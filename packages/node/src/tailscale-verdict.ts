import type { Verdict } from '@trusted-header/core';
import type { Tailnet, WhoisNode } from './tailscale-answers.js';
import type { WhoisSettings } from './tailscale-options.js';

/** What Tailscale calls the user of all tagged nodes. */
const NO_USER = 'tagged-devices';

/** Judges a node that Tailscale knows: whether a user is at it, and who. */
export function judgeNode(node: WhoisNode, tailnet: Tailnet, settings: WhoisSettings): Verdict {
  const { login, displayName, groups, picture } = node;
  if (node.addresses.some((address) => tailnet.addresses.includes(address))) return invalid(ITSELF);
  if (node.isShared && settings.shared === 'refuse') return invalid(SHARED);
  if (node.tags.length > 0 || login === NO_USER) return judgeTagged(node.tags, settings);
  if (login === '') return invalid('the node has a user without a login name');
  return {
    kind: 'proven',
    identity: {
      user: login,
      ...(displayName !== '' && { name: displayName }),
      ...(groups && { groups }),
      ...(picture !== '' && { extra: { profilePicture: picture } }),
    },
  };
}

/** There is no proof: Tailscale knows nobody there. */
export function missing(detail: string): Verdict {
  return { kind: 'refused', reason: 'proof-missing', detail };
}

/** There is nobody to ask. */
export function unavailable({ socket }: WhoisSettings, trouble: string): Verdict {
  return { kind: 'refused', reason: 'proof-unavailable', detail: `${socket}: ${trouble}` };
}

function judgeTagged(tags: readonly string[], { tagged }: WhoisSettings): Verdict {
  const user = tagged === 'refuse' ? undefined : tagged(tags);
  return user === undefined ? invalid(TAGGED) : { kind: 'proven', identity: { user } };
}

function invalid(detail: string): Verdict {
  return { kind: 'refused', reason: 'proof-invalid', detail };
}

const ITSELF =
  'the connection comes from this machine, by its own Tailscale address: any process here could have opened it';
const SHARED =
  "the node is of another tailnet, with whose user this machine is shared; `shared: 'accept'` lets such users in";
const TAGGED =
  'the node is tagged, and so has no user; name one by `tagged: (tags) => …` if it is to be one';
