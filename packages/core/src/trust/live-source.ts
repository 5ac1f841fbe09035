import { parseAddress } from '../address/parse-address.js';
import type { EntryFault } from './entry-fault.js';
import { normalPath } from './normal-path.js';

/** What can name addresses that change: a host name, a file, a list on the web (L1). */
export type LiveKind = 'dns' | 'file' | 'https';

/** An entry that stands for the addresses that somebody else provides, and for nobody until then. */
export interface LiveSource {
  readonly kind: LiveKind;
  /** In its one spelling: `dns:traefik`, `file:/etc/app/proxies`, `https://lists.example/ips`. */
  readonly name: string;
}

/**
 * Parses `dns:name`, `file:/absolute/path` and `https://host/path`. Pure: nothing is looked up.
 *
 * @returns Undefined for text that is of none of these forms.
 */
export function parseLiveSource(text: string): LiveSource | EntryFault | undefined {
  if (text.startsWith('dns:')) return parseDns(text.slice(4));
  if (text.startsWith('file:')) return parseFile(text.slice(5));
  return parseHttps(text);
}

/** RFC 1123 section 2.1: letters, digits, hyphens within. */
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/** What can be looked up: Compose's services and Docker's containers may have an underscore, and DNS takes any (RFC 2181 section 11). */
const LOOKED_UP = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;
const LONGEST_NAME = 253;

/** Refuses what could be an address. */
function isHostName(name: string, form = LABEL): boolean {
  const labels = name.split('.');
  return (
    name.length <= LONGEST_NAME &&
    labels.every((label) => form.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

const scratch = new Uint32Array(4);

function parseDns(name: string): LiveSource | EntryFault {
  if (isHostName(name, LOOKED_UP)) return { kind: 'dns', name: `dns:${name.toLowerCase()}` };
  if (parseAddress(name, name.length, scratch) !== 0) {
    return { problem: 'is an address, which needs no look-up', instead: `write ${name}` };
  }
  return {
    problem: 'has no host name behind dns:',
    instead: 'write dns:traefik: letters, digits, hyphens, underscores and dots, without a port',
  };
}

function parseFile(path: string): LiveSource | EntryFault {
  const isPath = /^\/(?!\/)(?!.*\p{Cc})[^\s,]*[^\s,/]$/u.test(path);
  if (isPath) return { kind: 'file', name: `file:${normalPath(path)}` };
  return {
    problem: 'is not a file in the form file:/path',
    instead: /^\/\/+[^\s,/]/.test(path)
      ? `write file:${path.replace(/^\/+/, '/')}`
      : 'write file:/etc/app/trusted-proxies, an absolute path without white space and commas',
  };
}

function parseHttps(text: string): LiveSource | EntryFault | undefined {
  const parts = /^https:\/\/(\[[^\]]*\]|[^/:?#@]+)(?::(\d+))?(\/[^/].*)$/s.exec(text);
  if (!parts) return undefined;
  const [, host = '', port, path = ''] = parts;
  // As it goes over the wire: nothing is left for a URL parser to escape, or to cut off.
  const isPath = /^[\w\-.~!$&'()*+;=:@/%?]+$/.test(path);
  if (isHost(host) && isPort(port) && isPath) {
    const at = port === undefined || Number(port) === 443 ? '' : `:${Number(port)}`;
    return { kind: 'https', name: `https://${host.toLowerCase()}${at}${path}` };
  }
  return {
    problem: 'is not the address of a list',
    instead:
      'write for example https://www.cloudflare.com/ips-v4, without user, fragment and comma',
  };
}

function isHost(host: string): boolean {
  if (isHostName(host)) return true;
  const address = host.replace(/^\[(.*:.*)\]$/, '$1');
  return parseAddress(address, address.length, scratch) !== 0;
}

function isPort(port: string | undefined): boolean {
  return port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) < 65_536);
}
