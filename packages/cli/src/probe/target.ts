import { cliError } from '../cli-error.js';

/** A server that is asked. */
export interface Target {
  readonly scheme: 'http' | 'https';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** As in `Host`. */
  readonly authority: string;
  readonly url: string;
}

/** Reads the address of a server. What may be a password in it is not quoted. */
export function readTarget(text: string, option: string): Target {
  const example = option === '--direct' ? 'http://10.0.0.5:3000' : 'https://app.example.com';
  const say = (what: string): Error => cliError(`${option}: ${what}; write for example ${example}`);
  if (text.includes('@')) throw say('a name and a password in a URL are not taken');
  if (!URL.canParse(text)) throw say(`"${text}" is no URL`);
  const { protocol, hostname, port, host, pathname, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw say(`"${text}" is neither http:// nor https://`);
  }
  if (pathname !== '/' || search !== '' || hash !== '') {
    throw say(`"${text}" has a path; paths go into --path`);
  }
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    scheme,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? DEFAULT_PORTS[scheme] : Number(port),
    authority: host,
    url: `${scheme}://${host}`,
  };
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** Reads a path as it goes into the request line. */
export function checkPath(path: string): string {
  if (/^\/[\x21-\x7e]*$/.test(path) && !path.includes('#')) return path;
  throw cliError(
    `--path: "${path}" is no path; write for example --path /,/public, with what is not ASCII encoded by %`,
  );
}
