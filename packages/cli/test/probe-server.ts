import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProbeOutcome, ProbeResult, ProbeSettings } from '../src/probe/index.js';
import { runProbe } from '../src/probe/index.js';

export const TOKEN = '0123456789abcdef0123456789abcdef';
export const COOKIE = 'session=c2VjcmV0LXNlc3Npb24';

/** How `fixtures/leaky-proxy.mjs` behaves. */
export interface LeakyOptions {
  /** Which lines of a client it lets through. Default `strip`: none. */
  readonly rule?: 'strip' | 'pass' | 'aliases' | 'keeps-absent' | 'connection' | 'drops' | 'nested';
  readonly token?: string;
  /** Its receiver takes any token. */
  readonly anyToken?: boolean;
  readonly hasReceiver?: boolean;
  /** Without it everybody but on `/public` is sent to sign in. */
  readonly cookie?: string;
  readonly echo?: 'headers' | 'secrets';
  readonly isTrusted?: boolean;
  readonly identity?: readonly string[];
  readonly server?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly isH2c?: boolean;
  /** It agrees to HTTP/2, and ends each connection of it: by its own means, or before there are any. */
  readonly h2Closes?: 'politely' | 'at once';
  /** OPTIONS goes through without a session. */
  readonly optionsPass?: boolean;
  /** With HEAD everything is let through, whatever the rule. */
  readonly headPasses?: boolean;
  /** It reads the first request of a connection alone. */
  readonly secondPasses?: boolean;
  /** After so many requests it answers nobody any more but with this. */
  readonly shutsAfter?: number;
  readonly shutsWith?: number | 'close' | 'garbage';
  /** Whoever asks again within 200 ms is refused. */
  readonly limits?: boolean;
  /** Everybody gets the receiver's first answer again, as from a cache that keeps everything. */
  readonly keepsAnswers?: boolean;
  /** What becomes of the values that it lets through. */
  readonly changes?: 'upper' | 'cut';
  /** The headers that the application reads. */
  readonly reads?: readonly string[];
  /** The headers that another application reads, which has that path. */
  readonly readsAt?: Readonly<Record<string, readonly string[]>>;
  /** It writes its own User-Agent; or nothing arrives of whatever shows which request it is. */
  readonly hides?: 'agent' | 'marks';
  /** The application answers upgrades itself, with this. */
  readonly upgrades?: number | 'close';
  /** What it echoes is written with JSON's escapes. */
  readonly escapes?: boolean;
}

/** A proxy with an application behind it, in a process of its own. */
export interface LeakyProxy {
  readonly url: string;
  readonly port: number;
  /** How many requests came, how many of them an ordinary handler answered, and with which targets. */
  seen(): Promise<{ requests: number; handled: number; paths: readonly string[] }>;
  stop(): Promise<void>;
}

/** Starts it. */
export function startLeaky(options: LeakyOptions = {}): Promise<LeakyProxy> {
  return start('leaky-proxy.mjs', { token: TOKEN, ...options }, options.tls !== undefined);
}

/** Starts an application with the real receiver; without TLS unless it is given a certificate. */
export function startProbed(tls?: LeakyOptions['tls']): Promise<LeakyProxy> {
  return start('probed-application.mjs', tls ? { isH2: true, tls } : {}, tls !== undefined);
}

async function start(file: string, options: object, isTls: boolean): Promise<LeakyProxy> {
  const script = new URL(`fixtures/${file}`, import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', TRUSTED_HEADER_PROBE: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = await once(child.stdout, 'data');
  const port = Number(text);
  const url = `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url,
    port,
    seen: async () => JSON.parse(await (await fetch(`${url}/seen`)).text()),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Probes one path of a proxy that behaves so, without the pauses that a stranger's server is given. */
export async function probeLeaky(
  options: LeakyOptions,
  settings: Partial<ProbeSettings> = {},
): Promise<ProbeResult> {
  const proxy = await startLeaky(options);
  try {
    return await runProbe({
      url: proxy.url,
      paths: ['/'],
      token: TOKEN,
      requestsPerSecond: 1000,
      ...settings,
    });
  } finally {
    await proxy.stop();
  }
}

/** The outcome of a case. */
export function outcomeOf(
  { outcomes }: Pick<ProbeResult, 'outcomes'>,
  id: string,
  where: Partial<Pick<ProbeOutcome, 'vantage' | 'path'>> = {},
): ProbeOutcome {
  const found = outcomes.find(
    (one) =>
      one.id === id &&
      one.vantage === (where.vantage ?? one.vantage) &&
      one.path === (where.path ?? one.path),
  );
  if (found === undefined) throw new Error(`there is no outcome of ${id}`);
  return found;
}

/** What is found, in short: the level and the id of everything that is not `none`. */
export function found({ outcomes }: Pick<ProbeResult, 'outcomes'>): readonly string[] {
  return outcomes
    .filter(({ level }) => level !== 'none')
    .map(({ id, level }) => `${level} ${id.slice('TH-P-'.length)}`);
}
