import type { Identity } from '@trusted-header/core';
import { sha256 } from './sha256.js';

/**
 * Whom a session, or a token, belongs to. JSON-safe; an application stores it and hands it back unread.
 *
 * Nothing in it is a secret, and nothing in it proves anything: each request is compared with the decision.
 */
export interface SessionBinding {
  readonly v: 1;
  /** Tells ours from what another login has stored. */
  readonly via: 'trusted-header';
  readonly user: string;
  /**
   * The groups, sorted, as a list while they are short, else as `sha256:…`, since a cookie holds 4 096 bytes. Absent: the
   * proxy sent no groups header.
   */
  readonly groups?: readonly string[] | string;
}

/** What is stored in our place: nothing, something that another login made, one of ours, or what nobody may believe. */
export type StoredBinding =
  | { readonly kind: 'none' }
  | { readonly kind: 'other' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'ours'; readonly binding: SessionBinding };

const VIA = 'trusted-header';
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const LONGEST_LIST = 1024;

/**
 * Makes what a session or a token stores of an identity: the user and the groups.
 *
 * @example
 * ```ts
 * import { bindIdentity, stillBound } from '@trusted-header/login';
 *
 * const claim = bindIdentity({ user: 'alice', groups: ['ops', 'dev'] });
 * // { v: 1, via: 'trusted-header', user: 'alice', groups: ['dev', 'ops'] }
 * stillBound(claim, { kind: 'anonymous', trusted: true }); // false
 * ```
 */
export function bindIdentity(identity: Identity): SessionBinding {
  // Its own: a polluted Object.prototype must not put anybody into a group.
  const groups = Object.hasOwn(identity, 'groups') ? identity.groups : undefined;
  const base = { v: 1, via: VIA, user: identity.user } as const;
  return groups ? { ...base, groups: stableGroups(groups) } : base;
}

/**
 * Reads what is stored, whoever wrote it. Refuses (`invalid`) other versions, other types, further or inherited
 * properties; what names another login in `via` is `other`.
 */
export function readBinding(stored: unknown): StoredBinding {
  if (stored === undefined || stored === null) return { kind: 'none' };
  if (typeof stored !== 'object' || Array.isArray(stored)) return { kind: 'invalid' };
  const fields = new Map<string, unknown>(Object.entries(stored));
  const via = fields.get('via');
  if (typeof via === 'string' && via !== VIA) return { kind: 'other' };
  const user = fields.get('user');
  if (via !== VIA || fields.get('v') !== 1) return { kind: 'invalid' };
  if (typeof user !== 'string' || user === '') return { kind: 'invalid' };
  const base = { v: 1, via: VIA, user } as const;
  if (!fields.has('groups')) {
    return fields.size === 3 ? { kind: 'ours', binding: base } : { kind: 'invalid' };
  }
  const groups = fields.get('groups');
  if (fields.size !== 4 || !isStable(groups)) return { kind: 'invalid' };
  return { kind: 'ours', binding: { ...base, groups } };
}

/** Tells whether two bindings are of the same user with the same groups; the groups' order does not count. */
export function isSameBinding(a: SessionBinding, b: SessionBinding): boolean {
  return a.user === b.user && JSON.stringify(a.groups) === JSON.stringify(b.groups);
}

function stableGroups(groups: readonly string[]): readonly string[] | string {
  const sorted = [...new Set(groups)].sort();
  const text = JSON.stringify(sorted);
  return text.length <= LONGEST_LIST ? sorted : `sha256:${sha256(text)}`;
}

function isStable(groups: unknown): groups is readonly string[] | string {
  if (typeof groups === 'string') return DIGEST.test(groups);
  return Array.isArray(groups) && Array.from<unknown>(groups).every((it) => typeof it === 'string');
}
