import { MALLORY, USERS, type User } from '../portal/users.js';
import type { Reply, Result } from '../wire/protocol.js';
import { PORTAL_ORIGIN } from '../world/constants.js';
import { repliesIn } from './replies-in.js';

/**
 * Says what came back, one word for each answer: `own` for the sender's true identity, `anonymous`, `portal`,
 * `403 peer-untrusted`, `closed`, and `FORGED …` for anybody else's identity.
 *
 * @param sender Who has sent it; undefined where nobody was signed in.
 */
export function describeResult(result: Result, sender: User | undefined): string {
  switch (result.kind) {
    case 'failed':
      return 'closed';
    case 'raw': {
      const words = repliesIn(result.received).map((reply) => describeReply(reply, sender));
      if (words.length > 0) return words.join(', ');
      return result.isClosed ? 'closed' : 'silence';
    }
    case 'replies':
      return result.replies.map((reply) => describeReply(reply, sender)).join(', ');
    case 'messages':
      return describeReply(result.reply, sender);
  }
}

/** Says what one answer is. A page of the example apps counts as its verdict. */
export function describeReply(reply: Reply, sender: User | undefined): string {
  const { status, headers, body } = reply;
  // Whoever is called that has been believed, wherever it is written.
  if (body.includes(MALLORY)) return `FORGED ${status}: ${MALLORY}`;
  if (isPortal(headers['location'])) return 'portal';
  if (status !== 200 && status !== 101) return [status, codeOf(body)].filter(Boolean).join(' ');
  if (body === '') return `${status} empty`;
  // In front of what a WebSocket says is the head of its frame.
  const json = /\{"decision".*\}/s.exec(body)?.[0];
  return json === undefined ? judgePage(body, sender, status) : judgeJson(json, sender);
}

function isPortal(location: string | undefined): boolean {
  if (location === undefined || !URL.canParse(location)) return false;
  return new URL(location).origin === PORTAL_ORIGIN;
}

function codeOf(body: string): string | undefined {
  return /"code":"([a-z-]+)"/.exec(body)?.[1];
}

function judgeJson(body: string, sender: User | undefined): string {
  const { decision, identity }: Record<string, unknown> = JSON.parse(body);
  if (decision !== 'authenticated') return String(decision);
  const expected = sender && sorted(USERS[sender]);
  return sorted(identity) === expected ? 'own' : `FORGED 200: ${JSON.stringify(identity)}`;
}

/** No groups and an empty list of them are the same: some proxies drop empty headers, others pass them on. */
function sorted(identity: unknown): string {
  return JSON.stringify(Object.entries({ groups: [], ...Object(identity) }).sort());
}

/** The pages greet by name, where there is one. */
function judgePage(body: string, sender: User | undefined, status: number): string {
  const verdict = /class="verdict (\w+)"/.exec(body)?.[1];
  if (verdict === undefined) return `${status} ${/<h1>(.*?)<\/h1>/s.exec(body)?.[1] ?? ''}`.trim();
  if (verdict !== 'authenticated') return verdict;
  const user = sender && USERS[sender];
  const name = user && ('name' in user ? user.name : user.user);
  return name !== undefined && body.includes(name) ? 'own' : 'FORGED 200: a page for somebody else';
}
