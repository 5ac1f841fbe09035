import {
  type AuditFinding,
  auditTrustedProxies,
  ConfigError,
  compileTrust,
} from '@trusted-header/core';
import type { Attachment, Container } from './container.js';
import type { Roles } from './pick-roles.js';
import { staticAddressFragment } from './static-address-fragment.js';

/** Something unwise about a deployment. */
export interface Finding {
  readonly severity: 'high' | 'medium' | 'low';
  readonly code: AuditFinding['code'] | DeploymentCode;
  /** What it is about: an entry of the list, a container, a network. */
  readonly subject: string;
  readonly why: string;
  readonly instead: string;
}

/** What only a deployment shows. */
export type DeploymentCode =
  | 'list-missing'
  | 'list-invalid'
  | 'host-network'
  | 'no-shared-network'
  | 'several-shared-networks'
  | 'address-not-static'
  | 'proxy-not-listed'
  | 'gateway-trusted';

/** What the audit of a deployment found. */
export interface DeploymentAudit {
  readonly proxy: string;
  readonly app: string;
  readonly trustedProxies?: string;
  /** The networks that both are on, with the proxy's address there: the peer that the application will see. */
  readonly shared: readonly Attachment[];
  readonly findings: readonly Finding[];
  /** A piece of a compose file that makes the address static; absent where nothing must change. */
  readonly fragment?: string;
}

/**
 * Compares what an application trusts with the networks that it shares with its proxy (T7).
 *
 * Sees what is configured, not who can reach what: a port of the application that is published, or another container
 * that takes the address while the proxy is down, are beyond it.
 */
export function auditDeployment({ proxy, app }: Roles): DeploymentAudit {
  const shared = proxy.attachments.filter(({ network }) =>
    app.attachments.some((other) => other.network === network),
  );
  const findings = [
    ...judgeNetworkModes(proxy, app),
    ...judgeShared(proxy, app, shared),
    ...judgeList(app, shared),
    ...shared.flatMap((attachment) => judgeAddress(proxy, attachment)),
  ];
  const listed = shared.some(
    ({ address }) => address !== undefined && app.trustedProxies === address,
  );
  const needsFragment = shared.length > 0 && (!listed || shared.some(({ isStatic }) => !isStatic));
  return {
    proxy: proxy.name,
    app: app.name,
    ...(app.trustedProxies !== undefined && { trustedProxies: app.trustedProxies }),
    shared,
    findings,
    ...(needsFragment && { fragment: staticAddressFragment(proxy.name, app.name, shared) }),
  };
}

function judgeNetworkModes(...containers: readonly Container[]): Finding[] {
  return containers.flatMap(({ name, networkMode }): Finding[] =>
    networkMode === undefined
      ? []
      : [
          {
            severity: 'high',
            code: 'host-network',
            subject: name,
            why:
              networkMode === 'host'
                ? 'shares the network of the machine: every local process has the same address'
                : 'shares the network of another container, and so its address',
            instead: 'put proxy and application on a network of their own',
          },
        ],
  );
}

function judgeShared(proxy: Container, app: Container, shared: readonly Attachment[]): Finding[] {
  const names = shared.map(({ network }) => network).join(', ');
  if (shared.length > 1) {
    return [
      {
        severity: 'medium',
        code: 'several-shared-networks',
        subject: names,
        why: 'are shared by both: which of its addresses the proxy comes from is up to Docker',
        instead: 'share one network only',
      },
    ];
  }
  if (shared.length > 0 || proxy.networkMode || app.networkMode) return [];
  return [
    {
      severity: 'high',
      code: 'no-shared-network',
      subject: `${proxy.name}, ${app.name}`,
      why: 'share no network, so the proxy reaches the application through the machine, and comes from the address of a gateway that others come from too',
      instead: 'put both on one network',
    },
  ];
}

function judgeList({ name, trustedProxies }: Container, shared: readonly Attachment[]): Finding[] {
  if (trustedProxies === undefined || trustedProxies.trim() === '') {
    return [
      {
        severity: 'medium',
        code: 'list-missing',
        subject: name,
        why: 'has no TRUSTED_PROXIES in its environment',
        instead: 'set it to the address of the proxy',
      },
    ];
  }
  try {
    const trust = compileTrust(trustedProxies);
    return [
      ...auditTrustedProxies(trustedProxies).map(({ entry, ...rest }) => ({
        ...rest,
        subject: entry,
      })),
      ...shared.flatMap((attachment) => judgeMatch(name, attachment, (peer) => trust.has(peer))),
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(({ value, problem, instead }) => ({
      severity: 'high',
      code: 'list-invalid',
      subject: value,
      why: `${problem}, so ${name} does not start`,
      instead,
    }));
  }
}

function judgeMatch(
  app: string,
  { network, address, gateway }: Attachment,
  isTrusted: (peer: string) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  if (address !== undefined && !isTrusted(address)) {
    findings.push({
      severity: 'medium',
      code: 'proxy-not-listed',
      subject: address,
      why: `is the proxy on ${network}, and ${app} does not trust it: everybody is refused`,
      instead: `set TRUSTED_PROXIES=${address}`,
    });
  }
  if (gateway !== undefined && isTrusted(gateway)) {
    findings.push({
      severity: 'high',
      code: 'gateway-trusted',
      subject: gateway,
      why: `is the gateway of ${network}: processes of the machine come from it, and so may clients of a published port`,
      instead: 'trust the proxy’s own address only',
    });
  }
  return findings;
}

function judgeAddress({ name }: Container, { network, address, isStatic }: Attachment): Finding[] {
  if (isStatic) return [];
  return [
    {
      severity: 'high',
      code: 'address-not-static',
      subject: address ?? name,
      why: `is whatever Docker gives ${name} on ${network}: after a restart another container may have it, and be anyone`,
      instead: 'give the proxy a static address, as below',
    },
  ];
}
