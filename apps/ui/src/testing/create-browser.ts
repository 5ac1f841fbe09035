import { type Outgoing, type Reply, send } from './send.js';

/** What keeps the cookies of one app, as a browser does, and sends its own origin with what posts. */
export interface TestBrowser {
  send(path: string, outgoing?: Outgoing): Promise<Reply>;
  cookies(): string;
}

/**
 * Makes a browser at an app that is asked without its proxy: the caller says whom the proxy names.
 *
 * @param given Cookies that it has from before, as `cookies()` gives them: for a copy of what somebody has kept.
 */
export function createBrowser(url: string, given = ''): TestBrowser {
  const jar = new Map<string, string>();
  for (const pair of given === '' ? [] : given.split('; ')) keep(pair);
  return {
    cookies,
    async send(path, { lines = [], ...outgoing } = {}) {
      const reply = await send(new URL(path, url), {
        ...outgoing,
        lines: [['Origin', new URL(url).origin], ['Cookie', cookies()], ...lines],
      });
      for (const line of reply.headers['set-cookie'] ?? []) keep(line.split(';')[0] ?? '');
      return reply;
    },
  };

  function keep(pair: string): void {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }

  function cookies(): string {
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
