import type { AuditFinding } from '@trusted-header/core';
import { entriesOf } from '../entries-of.js';
import type { Container } from './container.js';
import type { Finding } from './finding.js';
import { isCalled } from './namespaces.js';
import type { Roles } from './pick-roles.js';
import { listAdvice, type Scene } from './scene.js';

/** What a list says by sources, whose addresses are in no file here (L1). */
export interface LiveEntries {
  /** One of them is a name that the proxy has: its addresses may change. */
  readonly followsProxy: boolean;
  /** One of them is a file or a list on the web, which nobody can judge here. */
  readonly isElsewhere: boolean;
}

/** Reads the sources of the application's list. */
export function liveEntriesOf({ proxy, app: { list } }: Roles): LiveEntries {
  const entries = list.kind === 'set' ? entriesOf(list.value) : [];
  return {
    followsProxy: entries.some((entry) => hasName(proxy, hostOf(entry))),
    isElsewhere: entries.some((entry) => /^(?:file:|https:)/.test(entry)),
  };
}

/** Tells whether an entry is a source. */
export function isLive(entry: string): boolean {
  return /^(?:dns:|file:|https:)/.test(entry);
}

/** Judges a source: whose name it is; of other lists, what is true of them everywhere. */
export function judgeLiveEntry(
  entry: string,
  about: readonly AuditFinding[],
  scene: Scene,
): Finding[] {
  const { proxy, others, app } = scene;
  const general = about.map(({ entry: subject, ...rest }): Finding => ({ ...rest, subject }));
  const host = hostOf(entry);
  if (host === undefined) return general;
  const owners = others
    .filter((other) => hasName(other, host))
    .map(
      ({ name }): Finding => ({
        severity: 'high',
        code: 'other-container',
        subject: entry,
        why: `is a name of ${name}, not the proxy: whatever runs there can be anyone`,
        instead: hasName(proxy, host)
          ? `take the name ${host} away from ${name}`
          : proxy
            ? `write dns:${proxy.name}`
            : listAdvice(scene),
      }),
    );
  if (!proxy || owners.length > 0) return [...general, ...owners];
  if (hasName(proxy, host)) {
    const isAlone = others.every((other) => other === app || !sharesWay(other, scene));
    return isAlone ? [] : general;
  }
  return [
    ...general,
    {
      severity: 'high',
      code: 'unexplained-entry',
      subject: entry,
      why: 'is nobody’s name here: whoever takes it can be anyone',
      instead: `write dns:${proxy.name}`,
    },
  ];
}

/** Names have no case in DNS. */
function hasName(container: Container | undefined, host: string | undefined): boolean {
  if (container === undefined || host === undefined) return false;
  const lower = host.toLowerCase();
  const names = [
    container.name,
    ...container.aliases,
    ...container.attachments.flatMap(({ names: more = [] }) => more),
  ];
  return isCalled(container, host) || names.some((name) => name.toLowerCase() === lower);
}

function hostOf(entry: string): string | undefined {
  return entry.startsWith('dns:') ? entry.slice('dns:'.length) : undefined;
}

/** Who is on such a network can take the proxy's name there. */
function sharesWay({ attachments }: Container, { ways }: Scene): boolean {
  return attachments.some(({ network }) => ways.some((way) => way.network.id === network.id));
}
