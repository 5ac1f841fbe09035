import { createAuthenticator } from '../src/index.js';

const authenticators = (['refuse', 'ignore'] as const).map((untrusted) =>
  createAuthenticator({ trustedProxies: '172.20.0.2', untrusted, log: false }),
);
const NAMES = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email', 'Connection'];

/** Any bytes as header lines: from the proxy they make an identity that is clean text, from anybody else none. */
export function fuzz(data: Buffer): void {
  const rawHeaders = linesIn(data);
  for (const { authenticate } of authenticators) {
    const stranger = authenticate({ peer: '172.20.0.3', rawHeaders });
    if (stranger.kind === 'authenticated') throw new Error('a stranger is authenticated');
    const decision = authenticate({ peer: '172.20.0.2', rawHeaders });
    if (decision.kind !== 'authenticated') continue;
    const { user, groups = [], name = 'x', email = 'x' } = decision.identity;
    for (const text of [user, email]) check(text);
    for (const text of [...groups, name]) check(text.replaceAll(JOINERS, ''));
    if (user.includes(',')) throw new Error(`two users in one: ${user}`);
    const users = rawHeaders.flatMap((line, i) =>
      i % 2 === 0 && /^remote[-_.]user$/i.test(line) ? [rawHeaders[i + 1] ?? ''] : [],
    );
    if (users.length !== 1) throw new Error('a user out of several lines');
    if (users[0]?.replace(/^[ \t]+|[ \t]+$/g, '') !== Buffer.from(user).toString('latin1')) {
      throw new Error('another user than was sent');
    }
  }
}

/** What the spelling of a name or a group may need. */
const JOINERS = /[\p{Join_Control}\p{Variation_Selector}]/gu;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFFD]/u;

function check(text: string): void {
  if (text.trim() === '') throw new Error('an empty value');
  if (UNSEEN.test(text)) throw new Error(`what nobody sees: ${JSON.stringify(text)}`);
}

/** A line for each LF: its first byte chooses a name, or is the start of one. */
function linesIn(data: Buffer): readonly string[] {
  return data
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const chosen = NAMES[line.charCodeAt(0)];
      if (chosen !== undefined) return [chosen, line.slice(1)];
      const [name = '', ...value] = line.split(':');
      return [name, value.join(':')];
    });
}
