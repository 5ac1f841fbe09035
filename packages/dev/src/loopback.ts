/** The one address that anything here listens on. */
export const LOOPBACK = '127.0.0.1';

/** Tells whether a host name means this machine in a browser (RFC 6761 section 6.3): other names may be rebound to it. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === LOOPBACK || name === '[::1]'
  );
}

/** Parses an absolute http, https, ws or wss URL on this machine; undefined for any other text. */
export function parseLoopbackUrl(text: string | undefined): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol);
  return isWeb && url.username === '' && isLoopbackName(url.hostname) ? url : undefined;
}

/** Reads the host name that a visitor used, from the `Host` header; undefined unless it means this machine. */
export function loopbackHost(host: string | undefined): string | undefined {
  const url = host === undefined ? undefined : parseLoopbackUrl(`http://${host}/`);
  return url?.host === host?.toLowerCase().replace(/:80$/, '') ? url?.hostname : undefined;
}

/** What a request under another name is told: most likely a page of somebody else's that has been rebound. */
export const WRONG_HOST =
  'Open this page under localhost or 127.0.0.1: it answers under no other name.\n';
