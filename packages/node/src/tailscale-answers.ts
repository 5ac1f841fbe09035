import { propertyOf } from './property-of.js';
import type { Reply, Trouble } from './tailscale-local-api.js';

export type { Trouble };

/** What `status` tells of this machine. */
export interface Tailnet {
  /** Whether tailscaled has a network interface: it has none with userspace networking. */
  readonly hasInterface: boolean;
  /** The Tailscale addresses of this machine. */
  readonly addresses: readonly string[];
}

/** What `whois` tells of a node. */
export interface WhoisNode {
  readonly addresses: readonly string[];
  readonly tags: readonly string[];
  /** Another tailnet's: this machine is shared with its user, or it with us. */
  readonly isShared: boolean;
  readonly login: string;
  readonly displayName: string;
  readonly picture: string;
  /** Absent where Tailscale reports none. */
  readonly groups: readonly string[] | undefined;
}

const GARBAGE: Trouble = { trouble: 'tailscaled did not answer as it should' };

/** States that Tailscale has a word for; others are not repeated. */
const STATES = ['NoState', 'NeedsLogin', 'NeedsMachineAuth', 'Stopped', 'Starting'];

/** Reads the answer to `status`. While Tailscale does not run, an address says nothing: its routes are gone. */
export function readStatus(reply: Reply): Tailnet | Trouble {
  if (reply.status !== 200) return notAnswered(reply.status);
  const status = parse(reply.text);
  const hasInterface = propertyOf(status, 'TUN');
  const state = propertyOf(status, 'BackendState');
  if (STATES.some((one) => one === state)) {
    return { trouble: `Tailscale is not running (${state}); see \`tailscale status\`` };
  }
  const addresses = texts(propertyOf(status, 'TailscaleIPs'));
  if (state !== 'Running' || typeof hasInterface !== 'boolean' || !addresses) return GARBAGE;
  return { hasInterface, addresses };
}

/** Reads the answer to `whois`. Gives nothing for an address that Tailscale does not know. */
export function readWhois(reply: Reply): WhoisNode | Trouble | undefined {
  if (reply.status === 404) return undefined;
  if (reply.status !== 200) return notAnswered(reply.status);
  const answer = parse(reply.text);
  const node = propertyOf(answer, 'Node');
  const profile = propertyOf(answer, 'UserProfile');
  const addresses = texts(propertyOf(node, 'Addresses'));
  // What is there and cannot be read is not passed over: a node whose tags were lost would be a user's.
  const tags = textsIfAny(propertyOf(node, 'Tags'));
  const groups = textsIfAny(propertyOf(profile, 'Groups'));
  const login = propertyOf(profile, 'LoginName');
  if (!addresses || tags === null || groups === null || typeof login !== 'string') return GARBAGE;
  return {
    addresses: addresses.map((prefix) => prefix.replace(/\/(32|128)$/, '')),
    tags: tags ?? [],
    isShared: Boolean(
      propertyOf(node, 'Sharer') || propertyOf(propertyOf(node, 'Hostinfo'), 'ShareeNode'),
    ),
    login,
    displayName: textOf(propertyOf(profile, 'DisplayName')),
    picture: textOf(propertyOf(profile, 'ProfilePicURL')),
    groups,
  };
}

function notAnswered(status: number): Trouble {
  return { trouble: `tailscaled answered ${status}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: unknown[] = value;
  const strings = items.filter((item) => typeof item === 'string');
  return strings.length === items.length ? strings : undefined;
}

/** Undefined: there are none. Null: there is something else. */
function textsIfAny(value: unknown): readonly string[] | undefined | null {
  return value === undefined || value === null ? undefined : (texts(value) ?? null);
}
