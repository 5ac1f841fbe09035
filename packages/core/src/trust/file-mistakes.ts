import { parseAddress } from '../address/parse-address.js';
import type { EntryFault, Explanation } from './entry-fault.js';

const scratch = new Uint32Array(4);

/** Tells whether a text begins a comment, in whatever language the list was written. */
export function beginsComment(text: string): boolean {
  return /^(?:#|\/\/(?!.*\/)|\/\*|<!--|--|;$)/.test(text);
}

function comment(text: string): EntryFault | undefined {
  if (!beginsComment(text)) return undefined;
  return { problem: 'begins a comment', instead: 'remove it, and what is behind it' };
}

function variable(text: string): EntryFault | undefined {
  if (!/^["']?(?:\$[{(]?\w|\{\{|%\{|%\w+%$|<[a-z][\w-]*>$)/i.test(text)) return undefined;
  return {
    problem: 'is a variable that nobody has filled in',
    instead: 'set it where the list is written',
  };
}

function separator(text: string): EntryFault | undefined {
  const mark = /[;|]/.exec(text)?.[0];
  if (mark === undefined) return undefined;
  const parts = text.split(/[;|]/).filter((part) => part !== '');
  return {
    problem: mark === ';' ? 'has a semicolon' : 'has a |',
    instead: `separate entries by commas: ${parts.join(', ')}`,
  };
}

function item(text: string): EntryFault | undefined {
  if (!/^[-*\u2022]$/.test(text) || text === '*') return undefined;
  return { problem: 'is an item of a list', instead: 'write the address without it' };
}

function assignment(text: string): EntryFault | undefined {
  const value = /^[a-z_]\w*=(.+)$/i.exec(text)?.[1];
  if (value === undefined) return undefined;
  return { problem: 'has the name of a variable before it', instead: `write ${value}` };
}

/** Only a list has entries in which white space and commas part nothing. */
function several(text: string): EntryFault | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  const isAddress = (part: string) => parseAddress(part, part.length, scratch) !== 0;
  if (parts.length < 2 || !parts.every(isAddress)) return undefined;
  const apart = parts.map((part) => `'${part}'`).join(', ');
  return { problem: 'is not an address, but several', instead: `write them apart: ${apart}` };
}

/** Quotes, as `docker --env-file` keeps them, and lists of JSON and YAML, which may have been split at their commas. */
function quotes(text: string): EntryFault | undefined {
  const isQuoted = /["'`\u2018-\u201f]|^[({<].*[)}>]$/.test(text);
  if (!isQuoted && !/^\[[^\]]*$/.test(text) && !/^[^[]*\]$/.test(text)) return undefined;
  const inner = text.replace(/^[["'`\u2018-\u201f({<\s]+|[\]"'`\u2018-\u201f)}>\s]+$/g, '');
  return {
    problem: 'has quotes or brackets of its file around it',
    instead: inner === '' ? 'remove them' : `write ${inner}`,
  };
}

function url(text: string): EntryFault | undefined {
  const host = /^[a-z][a-z\d+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]*)/i.exec(text)?.[1];
  if (host === undefined || /^unix:/i.test(text)) return undefined;
  const name = host.replace(/^\[|\]$/g, '');
  const isAddress = parseAddress(name, name.length, scratch) !== 0;
  return {
    problem: 'is a URL',
    instead: isAddress ? `write ${name}` : `write the address of ${name}`,
  };
}

/** Explains mistakes that are those of the file an entry came from (T2). */
export const FILE_MISTAKES: readonly Explanation[] = [
  comment,
  variable,
  item,
  assignment,
  separator,
  quotes,
  url,
  several,
];
