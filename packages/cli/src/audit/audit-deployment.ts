import { ConfigError, compileTrust } from '@trusted-header/core';
import type { Attachment, Container } from './container.js';
import type { Finding } from './finding.js';
import { judgeEntries } from './judge-entries.js';
import type { Roles } from './pick-roles.js';
import { staticAddressFragment } from './static-address-fragment.js';

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
 * Every entry must be explained by the proxy. Sees what is configured, not who can reach what: another container that
 * takes the address while the proxy is down is beyond it.
 */
export function auditDeployment(roles: Roles): DeploymentAudit {
  const { proxy, app } = roles;
  const shared = proxy.attachments.filter(({ network }) =>
    app.attachments.some((other) => other.network === network),
  );
  const list = judgeList(roles, shared);
  const findings = [
    ...judgeNetworkModes(proxy, app),
    ...judgeShared(proxy, app, shared),
    ...list,
    ...judgePorts(app, list),
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

function judgeList(roles: Roles, shared: readonly Attachment[]): Finding[] {
  const { name, trustedProxies } = roles.app;
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
    return [
      ...judgeEntries(trustedProxies, roles, shared),
      ...shared.flatMap((attachment) => judgeProxy(name, attachment, trustedProxies)),
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

function judgeProxy(
  app: string,
  { network, address }: Attachment,
  trustedProxies: string,
): Finding[] {
  if (address === undefined || compileTrust(trustedProxies).has(address)) return [];
  return [
    {
      severity: 'medium',
      code: 'proxy-not-listed',
      subject: address,
      why: `is the proxy on ${network}, and ${app} does not trust it: everybody is refused`,
      instead: `set TRUSTED_PROXIES=${address}`,
    },
  ];
}

/** Clients of a published port arrive from the gateway, or from wherever they are: never from the proxy. */
function judgePorts({ name, ports }: Container, list: readonly Finding[]): Finding[] {
  const isGatewayTrusted = list.some(
    ({ severity, code }) =>
      code === 'gateway-trusted' || (code === 'gateway' && severity === 'high'),
  );
  return ports.map((port) => ({
    severity: isGatewayTrusted ? 'high' : 'medium',
    code: 'port-published',
    subject: port,
    why: `is a published port of ${name}: whoever connects to it goes round the proxy, and may arrive from the gateway`,
    instead: 'publish the proxy’s ports only',
  }));
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
