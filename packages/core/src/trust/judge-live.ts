import type { AuditFinding } from './audit-finding.js';
import type { LiveSource } from './live-source.js';

/** Says what trusting a list means that somebody else keeps (T7, L1). */
export function judgeLive(entry: string, { kind }: LiveSource): AuditFinding {
  switch (kind) {
    case 'dns':
      return {
        severity: 'medium',
        code: 'dns-name',
        entry,
        why: 'is whoever has that name: any container that can take it, and whoever answers DNS, can be anyone',
        instead:
          'share a network with the proxy alone, or give the proxy a static address and list that one',
      };
    case 'file':
      return {
        severity: 'low',
        code: 'list-file',
        entry,
        why: 'is whatever stands in that file: whoever can write it, or its folder, can be anyone',
        instead: 'let only the operator write it, and mount it read-only',
      };
    case 'https':
      return {
        severity: 'high',
        code: 'provider-ranges',
        entry,
        why: 'is everybody who can connect from that provider: each of its customers can be anyone',
        instead:
          'admit them only together with a signed assertion, a client certificate or a shared secret',
      };
  }
}
