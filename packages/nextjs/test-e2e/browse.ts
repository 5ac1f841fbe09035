import { type Answer, type Ask, ask } from './ask.js';

/** Asks with the cookies of a browser, and keeps those that come back. */
export async function browse(
  port: number,
  jar: Map<string, string>,
  { lines = [], ...asked }: Ask,
): Promise<Answer> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await ask(port, {
    ...asked,
    lines: [...lines, ...(cookie === '' ? [] : ['Cookie', cookie])],
  });
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}
