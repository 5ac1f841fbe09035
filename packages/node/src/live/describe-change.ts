import type { Source } from './source.js';
import type { TrustListEvent } from './trust-list-event.js';

const MOST_NAMED = 8;

/** Says what has changed about a source, in one line for the operator. */
export function describeChange(
  { source, state, entries, added, removed, because }: TrustListEvent,
  { window }: Pick<Source, 'window'>,
): string {
  const why = because === undefined ? '' : ` (${because})`;
  const change = [
    ...(added.length > 0 ? [`came: ${listed(added)}`] : []),
    ...(removed.length > 0 ? [`went: ${listed(removed)}`] : []),
  ].join('; ');
  const bound = `; ${window}`;
  switch (state) {
    case 'fresh':
      return change === ''
        ? `${source} can be read again, and names what it did`
        : `${source} names ${listed(entries)} (${change})${bound}`;
    case 'stale':
      return `${source} could not be read${why}: what it named before is still believed${bound}`;
    case 'failed':
      return `${source} names nobody${why}: nobody is believed for it${change === '' ? '' : ` (${change})`}`;
  }
}

function listed(entries: readonly string[]): string {
  const more = entries.length - MOST_NAMED;
  const named = entries.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
