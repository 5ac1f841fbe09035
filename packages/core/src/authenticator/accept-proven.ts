import { ownValue } from '../config/own-value.js';
import type { DecisionWarning, Identity, TrustedSource } from '../decision.js';
import type { Fields } from '../headers/field.js';
import type { Limits } from '../identity/limits.js';
import { isMalformed, type Malformed } from '../identity/malformed.js';
import {
  type ProvenIdentity,
  readProvenGroups,
  readProvenName,
  readProvenText,
} from '../identity/read-proven.js';
import type { RequiredValue } from './authenticator.js';
import { findMissing } from './find-missing.js';
import { type Outcome, SIGNED_OUT } from './outcome.js';

/** Why somebody whom a proof names is nobody whom the application can have. */
export interface AcceptFault {
  readonly missing?: RequiredValue | undefined;
  readonly detail: string;
}

/** Makes the decision about somebody whom a proof names, or tells why there is none. */
export type Accept = (
  proven: ProvenIdentity,
  from: string,
  source: TrustedSource,
) => Outcome | AcceptFault;

/** What identities are accepted by: the same limits and requirements as of headers, and the same nobodies (H4, H13). */
export interface AcceptParts {
  readonly limits: Limits;
  readonly required: readonly RequiredValue[];
  readonly profiles: readonly Fields[];
}

/** Compiles {@link Accept}. A fault in what identifies costs the login, a fault in an ornament costs the ornament. */
export function compileAccept({ limits, required, profiles }: AcceptParts): Accept {
  return (proven, from, source) => {
    const warnings: DecisionWarning[] = [];
    const user = readProvenText(ownValue(proven, 'user'), 'userBytes', limits);
    if (user === undefined) return { detail: 'there is no user' };
    if (isMalformed(user)) return { detail: `the user: ${user.detail}` };
    if (profiles.some(({ nobody }) => nobody?.has(user))) return SIGNED_OUT;
    const groups = readProvenGroups(ownValue(proven, 'groups'), limits);
    if (groups?.detail !== undefined) return { detail: `the groups: ${groups.detail}` };
    if (groups?.dropped) warn('group-dropped', groups.dropped);
    const name = keep('name-dropped', readProvenName(ownValue(proven, 'name'), limits));
    const email = keep(
      'email-dropped',
      readProvenText(ownValue(proven, 'email'), 'emailBytes', limits),
    );
    const extra = Object.entries(ownValue(proven, 'extra') ?? {}).flatMap(([key, text]) => {
      const value = keep('extra-dropped', readProvenText(text, 'extraBytes', limits));
      return value === undefined ? [] : [[key, value] as const];
    });
    const identity: Identity = {
      user,
      ...(groups && { groups: groups.groups }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
    };
    const missing = findMissing(required, identity);
    if (missing) return { missing, detail: `there is no ${missing}, which \`required\` asks for` };
    return { decision: { kind: 'authenticated', identity, source }, warnings };

    function warn(code: DecisionWarning['code'], { detail }: Malformed): void {
      warnings.push({ code, header: from, detail });
    }

    function keep(
      code: DecisionWarning['code'],
      reading: string | Malformed | undefined,
    ): string | undefined {
      if (!isMalformed(reading)) return reading;
      warn(code, reading);
      return undefined;
    }
  };
}
