import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { decoyLines } from '../../wire/decoy-lines.js';
import type { LoginStep } from '../login-case.js';

/** What came of a request. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly isReused: boolean;
}

/** Keeps cookies and connections, as a browser does. */
export interface Browser {
  visit(step: LoginStep): Promise<Answer>;
  /** Gives all cookies, to be pasted elsewhere. */
  copy(): string;
  /** Puts copied cookies in the place of its own. */
  paste(cookies: string): void;
  close(): void;
}

/** Opens a browser on a server of this machine. */
export function openBrowser(port: number): Browser {
  const cookies = new Map<string, string>();
  const agents = new Map<string, Agent>();

  return {
    async visit(step) {
      const { peer = '127.0.0.1', send } = step;
      const [method = 'GET', path = '/'] = send.split(' ');
      const agent = agents.get(peer) ?? new Agent({ keepAlive: true });
      agents.set(peer, agent);
      const sent = request({
        host: '127.0.0.1',
        port,
        localAddress: peer,
        method,
        path,
        agent,
        timeout: 4_000,
        headers: headersOf(step, cookies),
      });
      sent.on('timeout', () => sent.destroy(new Error('expected an answer within 4 s')));
      sent.end();
      const [response] = await once(sent, 'response');
      const body = await text(response);
      for (const line of response.headers['set-cookie'] ?? []) store(cookies, line);
      return { status: response.statusCode, body, isReused: sent.reusedSocket };
    },
    copy: () => cookieHeader(cookies),
    paste(copied) {
      cookies.clear();
      for (const pair of copied.split('; ')) store(cookies, pair);
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function headersOf(
  { as, groups = 'staff', database, peer = '127.0.0.1' }: LoginStep,
  cookies: ReadonlyMap<string, string>,
): Record<string, string> {
  const decoys = decoyLines(peer === '127.0.0.1' ? '127.0.0.2' : '127.0.0.1');
  return {
    ...Object.fromEntries(decoys.map((line) => line.split(': '))),
    ...(as !== undefined && { 'Remote-User': as, 'Remote-Groups': groups }),
    ...(database && { 'Remote-Email': `${database}@example.org` }),
    ...(cookies.size > 0 && { Cookie: cookieHeader(cookies) }),
  };
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** Of the attributes, only those by which a cookie ends (RFC 6265, section 5.3). */
function store(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const isOver = attributes.some((attribute) => {
    const [key = '', value = ''] = attribute.split('=');
    if (/^max-age$/i.test(key)) return Number(value) <= 0;
    return /^expires$/i.test(key) && Date.parse(value) <= Date.now();
  });
  cookies.delete(name);
  if (at > 0 && !isOver) cookies.set(name, pair.slice(at + 1));
}
