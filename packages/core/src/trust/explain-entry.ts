import { formatAddress } from '../address/format-address.js';
import { parseAddress } from '../address/parse-address.js';
import type { EntryFault, Explanation } from './entry-fault.js';
import { FILE_MISTAKES } from './file-mistakes.js';
import { parseLiveSource } from './live-source.js';

const scratch = new Uint32Array(4);

/** Explains an entry that is not in the grammar (T2): the first mistake that people are known to make, or the grammar. */
export function explainEntry(text: string): EntryFault {
  for (const explain of EXPLANATIONS) {
    const fault = explain(text);
    if (fault) return fault;
  }
  return {
    problem: 'is not an address, a CIDR block or a Unix socket',
    instead: 'write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
  };
}

const EXPLANATIONS: readonly Explanation[] = [
  blank,
  ...FILE_MISTAKES,
  everything,
  socketPath,
  zone,
  brackets,
  netmask,
  prefixLength,
  port,
  leadingZeros,
  wildcard,
  addressRange,
  shortForm,
  hostname,
];

function blank(text: string): EntryFault | undefined {
  if (text.trim() !== '') return undefined;
  return { problem: 'is blank', instead: 'leave it out, or write the address of the proxy' };
}

function everything(text: string): EntryFault | undefined {
  if (!/^(?:\*|all|any|true|everyone|\*\.\*\.\*\.\*|[\d.:]+\/0+)$/i.test(text)) return undefined;
  return {
    problem: 'would trust every address there is',
    instead: 'write the address of the proxy, such as 172.20.0.2',
  };
}

function socketPath(text: string): EntryFault | undefined {
  if (!/^(?:unix:|\/|\.{1,2}\/|@)/i.test(text)) return undefined;
  const path = text
    .replace(/^unix:/i, '')
    .replace(/^\/+/, '/')
    .replace(/\/+$/, '');
  return {
    problem: 'is not a Unix socket in the form unix:/path',
    instead: `write unix:${path.startsWith('/') ? path : '/run/app.sock'}, the path that the application listens on`,
  };
}

function zone(text: string): EntryFault | undefined {
  const percent = text.indexOf('%');
  if (percent <= 0) return undefined;
  const rest = text.slice(percent).replace(/^[^/]*/, '');
  return { problem: 'has a zone', instead: `write ${text.slice(0, percent)}${rest} without it` };
}

function brackets(text: string): EntryFault | undefined {
  const inner = /^\[(.+)\](?::\d+)?(\/\d+)?$/.exec(text);
  if (!inner) return undefined;
  return { problem: 'has brackets or a port', instead: `write ${inner[1]}${inner[2] ?? ''}` };
}

function netmask(text: string): EntryFault | undefined {
  const [address = '', mask = '', ...more] = text.split('/');
  if (more.length > 0 || !mask.includes('.') || parseAddress(mask, mask.length, scratch) !== 4)
    return undefined;
  const bits = scratch[0] ?? 0;
  const length = Math.clz32(~bits);
  const contiguous = length === 32 || bits << length === 0;
  return {
    problem: 'has a netmask',
    instead:
      contiguous && length > 0
        ? `write ${address}/${length}`
        : 'write a prefix length, such as /24',
  };
}

function prefixLength(text: string): EntryFault | undefined {
  const [address = '', length, ...more] = text.split('/');
  if (length === undefined || more.length > 0) return undefined;
  const family = parseAddress(address, address.length, scratch);
  if (family === 0) return undefined;
  const longest = address.includes(':') ? 128 : 32;
  // A mapped block is an IPv4 block, and easier to read as one.
  const isMapped = family === 4 && longest === 128;
  const plain = isMapped ? formatAddress(4, scratch) : address;
  return {
    problem: `has no decimal prefix length from ${isMapped ? 97 : 1} to ${longest} behind the slash`,
    instead: `write ${plain} for the one address, or ${plain}/${family === 4 ? 24 : 64} for such a block`,
  };
}

function port(text: string): EntryFault | undefined {
  const parts = /^(\d+\.\d+\.\d+\.\d+|[a-z][\w.-]*):(\d+)$/i.exec(text);
  if (!parts) return undefined;
  return {
    problem: 'has a port',
    instead: `write ${parts[1]}: source ports change with every connection`,
  };
}

function leadingZeros(text: string): EntryFault | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$/.test(text) || !/(?:^|[./])0\d/.test(text)) return undefined;
  const plain = text.replace(/(^|[./])0+(?=\d)/g, '$1');
  return {
    problem: 'has leading zeros, which some programs read as octal',
    instead: `write ${plain}, if decimal was meant`,
  };
}

function wildcard(text: string): EntryFault | undefined {
  const parts = /^((?:\d{1,3}\.){1,3})(?:\*\.){0,2}\*$/.exec(text);
  if (!parts) return undefined;
  const known = (parts[1] ?? '').split('.').filter((part) => part !== '');
  const network = [...known, '0', '0', '0'].slice(0, 4).join('.');
  return { problem: 'has a wildcard', instead: `write ${network}/${known.length * 8}` };
}

function addressRange(text: string): EntryFault | undefined {
  if (!/^[\da-f.:]+\s*-\s*[\da-f.:]+$/i.test(text) || !/[.:]/.test(text)) return undefined;
  return {
    problem: 'is a range',
    instead: 'write CIDR blocks, such as 10.1.2.0/28, or the single addresses',
  };
}

function shortForm(text: string): EntryFault | undefined {
  if (!/^(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+))*(?:\/\d+)?$/i.test(text)) return undefined;
  return {
    problem: 'is not four decimal numbers from 0 to 255',
    instead: 'write all four, such as 127.0.0.1',
  };
}

function hostname(text: string): EntryFault | undefined {
  if (!/^[a-z_][\w.-]*$/i.test(text)) return undefined;
  const live = parseLiveSource(`dns:${text}`);
  const look = live && 'name' in live ? `; ${live.name} stands for whatever has that name` : '';
  return {
    problem: 'is a host name, and names are not looked up by themselves',
    instead: `write the address of ${text}, or one of the names loopback, linklocal, uniquelocal; \`getent hosts ${text}\` tells it where the application runs${look}`,
  };
}
