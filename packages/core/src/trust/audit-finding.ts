/** What kind of weakness a finding is about. */
export type AuditCode =
  | 'public-block'
  | 'public-address'
  | 'gateway'
  | 'pod-network'
  | 'private-block'
  | 'tailnet-block'
  | 'link-local'
  | 'loopback'
  | 'never-a-peer'
  | 'covered';

/** Something legal but unwise about one entry of the list. */
export interface AuditFinding {
  /** `high`: somebody else can probably be any user; `medium`: somebody else might; `low`: untidy, but safe. */
  readonly severity: 'high' | 'medium' | 'low';
  readonly code: AuditCode;
  /** The entry as it was written. */
  readonly entry: string;
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}
