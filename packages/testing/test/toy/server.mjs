// A small application on bare node:http whose login is right, but for the bug that its environment names.
import { createServer } from 'node:http';

const { BUG, MARK } = process.env;
const USERS = ['alice', ...(BUG === 'does not know bob' ? [] : ['bob']), 'carol'];
const sessions = new Map();
const byConnection = new WeakMap();
let current;
let count = 0;

const server = createServer(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://localhost');
  const [, id] = /sid=(\w+)/.exec(req.headers.cookie ?? '') ?? [];
  const claim = req.headers['remote-user'];
  const isBelieved = BUG === 'believes anybody' || (BUG === 'believes newcomers' && !id);
  const isProxy = req.socket.remoteAddress === '127.0.0.1' || isBelieved;
  if (BUG === 'fails') return res.writeHead(500).end();
  if (claim && !isProxy) {
    if (BUG === 'ends what it refuses') sessions.delete(id);
    const isSignedIn = BUG === 'signs in whom it refuses';
    return res.writeHead(403, isSignedIn ? start({ user: claim, local: true }) : {}).end();
  }
  const named = BUG === 'signs nobody in' ? undefined : claim;

  if (pathname === '/renew') {
    const old = sessions.get(id);
    const isRight = old?.user === named;
    if (!isRight && BUG !== 'renews for anybody') return res.writeHead(401).end();
    return res.writeHead(204, start({ ...old, local: !isRight })).end();
  }
  if (pathname === '/login') return res.writeHead(204, start({ user: 'carol', local: true })).end();
  const isEnding =
    BUG === 'ends on open paths' || (BUG === 'ends on open paths past the proxy' && !isProxy);
  if (pathname === '/open' && !isEnding) {
    return res.writeHead(BUG === 'closes open paths' ? 401 : 200).end();
  }
  const { session, headers } = follow(id, named, isProxy);
  current = session?.user;
  await new Promise((resolve) => setTimeout(resolve, 2));
  let user = session?.user;
  if (BUG === 'keeps the user in a variable') user = current;
  if (BUG === 'keeps the user with the connection') {
    user = byConnection.get(req.socket) ?? user;
    byConnection.set(req.socket, user);
  }
  if (pathname === '/open') return res.writeHead(200, headers).end();
  const others = BUG === 'changes its cookie' && { 'Set-Cookie': `n=${count++}` };
  res.writeHead(200, { ...others, ...headers });
  res.end(JSON.stringify({ user, ...(MARK && { mark: session?.mark }) }));
});

function follow(id, named, isProxy) {
  const session = sessions.get(id);
  if (session?.local && BUG === 'lets the header win' && named) return begin(named);
  if (session?.local && BUG === 'ends other logins' && !named) return end(id);
  if (session?.local && BUG === 'ends other logins a request later' && named) sessions.delete(id);
  if (session?.local && BUG === 'keeps other logins to the proxy' && !isProxy) return {};
  if (session?.local) return { session };
  if (!session) return USERS.includes(named) ? begin(named) : {};
  if (named === session.user) return { session };
  if (BUG === 'never compares') return { session };
  if (BUG === 'compares with somebody only' && !named) return { session };
  if (BUG === 'asks the proxy only' && !isProxy) return { session };
  if (BUG === 'compares once') {
    const isSecond = session.compared;
    session.compared = true;
    return isSecond ? { session } : {};
  }
  if (BUG === 'compares no second session' && named) return begin(named, true);
  if (BUG === 'ends the session in the browser only') {
    if (session.ended) return { session };
    session.ended = true;
    return named ? begin(named) : { headers: { 'Set-Cookie': 'sid=; Max-Age=0' } };
  }
  sessions.delete(id);
  if (BUG === 'keeps what the session held' && named) return begin(named, false, session.mark);
  return USERS.includes(named) ? begin(named) : end(id);
}

function begin(user, local, mark) {
  const headers = start({ user, local, mark });
  return { session: [...sessions.values()].at(-1), headers };
}

function end(id) {
  sessions.delete(id);
  return { headers: { 'Set-Cookie': 'sid=; Max-Age=0' } };
}

function start(session) {
  const id = `s${sessions.size}x${count++}`;
  sessions.set(id, { ...session, mark: session.mark ?? id });
  return { 'Set-Cookie': `sid=${id}; Secure; HttpOnly` };
}

server.listen(0, '127.0.0.1', () => console.log(`listens on ${server.address().port}`));
