import type { AuditFinding } from '@trusted-header/core';

/** Something unwise about a deployment. */
export interface Finding {
  readonly severity: 'high' | 'medium' | 'low';
  readonly code: AuditFinding['code'] | DeploymentCode;
  /** What it is about: an entry of the list, a container, a network, a port. */
  readonly subject: string;
  readonly why: string;
  readonly instead: string;
}

/** What only a deployment shows. */
export type DeploymentCode =
  | 'cannot-judge'
  | 'proxy-unknown'
  | 'list-missing'
  | 'list-invalid'
  | 'host-network'
  | 'default-bridge'
  | 'rootless-network'
  | 'no-shared-network'
  | 'several-shared-networks'
  | 'several-replicas'
  | 'address-not-static'
  | 'address-impossible'
  | 'proxy-not-listed'
  | 'other-container'
  | 'gateway-trusted'
  | 'unexplained-entry'
  | 'port-published';
