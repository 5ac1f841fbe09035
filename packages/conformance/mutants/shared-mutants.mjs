/** Or the address would be noticed not to be the kernel's. */
const BELIEVES_SOCKET = ['if (peer !== kernelPeer(socket)) {', 'if (false) {'];

/**
 * Known bugs in what all adapters share, put into copies of the sources. Each must make the suite red, and the case
 * `caughtBy` with it. `find` must be in the file exactly once: a mutant that has gone stale is an error.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const sharedMutants = [
  {
    id: 'node-own-address',
    why: 'takes the server’s own address for the peer’s',
    file: 'node/src/facts-from-request.ts',
    edits: [
      ['const peer = socket.remoteAddress;', 'const peer = socket.localAddress;'],
      BELIEVES_SOCKET,
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'node-unknown-peer-is-local',
    why: 'takes a peer without an address for a local one, as Miniflux did',
    file: 'node/src/facts-from-request.ts',
    edits: [
      ['const peer = socket.remoteAddress;', "const peer = socket.remoteAddress ?? '127.0.0.1';"],
      BELIEVES_SOCKET,
    ],
    caughtBy: 'unix-without-entry',
  },
  {
    id: 'node-hung-up-peer-is-local',
    why: 'takes a client that has hung up for a local one',
    file: 'node/src/facts-from-request.ts',
    edits: [
      [
        'const peer = socket.remoteAddress;',
        "const peer = socket.remoteAddress ?? (socket.server.address().port ? '127.0.0.1' : undefined);",
      ],
      BELIEVES_SOCKET,
    ],
    caughtBy: 'stranger-hangs-up',
  },
  {
    id: 'node-joined-headers',
    why: 'reads the joined values of req.headers, where two lines look like one',
    file: 'node/src/facts-from-request.ts',
    edits: [
      [
        'state.facts ??= readFacts(socketOf(req), req.rawHeaders.slice());',
        'state.facts ??= readFacts(socketOf(req), Object.entries(req.headers).flatMap(([name, value]) => [name, String(value)]));',
      ],
    ],
    caughtBy: 'groups-twice',
  },
  {
    id: 'node-first-of-two',
    why: 'takes the first of two lines',
    file: 'node/src/facts-from-request.ts',
    edits: [
      [
        'state.facts ??= readFacts(socketOf(req), req.rawHeaders.slice());',
        'state.facts ??= readFacts(socketOf(req), Object.entries(req.headersDistinct).flatMap(([name, [value]]) => [name, value]));',
      ],
    ],
    caughtBy: 'user-twice',
  },
  {
    id: 'node-believes-any-test',
    why: 'takes the header by which a test says where it comes from for the address itself',
    file: 'node/src/test-requests.ts',
    edits: [
      ['  if (!IS_TEST_RUN) return undefined;\n', ''],
      ["findSources()?.get(value ?? '')", '{ peer: value ?? undefined }'],
    ],
    caughtBy: 'stranger-as-a-test',
  },
  {
    id: 'node-facts-of-the-connection',
    why: 'keeps the facts of the first request on a connection for those after it',
    file: 'node/src/facts-from-request.ts',
    edits: [['return streamOf(req) ?? req;', 'return streamOf(req) ?? req.socket;']],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'node-keeps-raw-headers',
    why: 'strips headers and forgets rawHeaders',
    file: 'node/src/strip-lines.ts',
    edits: [['lines.length = kept;', '']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'node-keeps-made-objects',
    why: 'strips rawHeaders and forgets headers and headersDistinct, which somebody has read already',
    file: 'node/src/strip-lines.ts',
    edits: [['for (const object of made) removeAll(object, gone);', '']],
    caughtBy: 'all-four-headers-read-before',
  },
  {
    id: 'node-takes-headers-for-unread',
    why: 'thinks that Node has not made headers yet, and leaves what it has made',
    file: 'node/src/header-objects.ts',
    edits: [['objects: [headers, distinct]', 'objects: [distinct]']],
    caughtBy: 'all-four-headers-read-before',
  },
  {
    id: 'node-takes-headers-distinct-for-unread',
    why: 'thinks that Node has not made headersDistinct yet, and leaves what it has made',
    file: 'node/src/header-objects.ts',
    edits: [['objects: [headers, distinct]', 'objects: [headers]']],
    caughtBy: 'all-four-headers-read-before',
  },
  {
    id: 'node-keeps-the-count',
    why: 'lets Node make headers of as many lines as there were on arrival',
    file: 'node/src/strip-headers.ts',
    edits: [['recountLines(req);', 'void req;']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'node-keeps-trailers',
    why: 'forgets the trailers, which come after the decision',
    file: 'node/src/strip-headers.ts',
    edits: [['stripTrailers(req, isUnwanted);', '']],
    caughtBy: 'trailer-with-user',
  },
  {
    id: 'node-watches-nothing',
    why: 'leaves it to the application to have its list watched',
    file: 'node/src/resolve-node-options.ts',
    edits: [['  watchForAdapter(resolved.authenticator);\n', '']],
    caughtBy: 'list-is-swapped',
  },
  {
    id: 'node-watches-the-file-alone',
    why: 'watches a file that is deaf once another takes its place, and looks again every half minute',
    file: 'node/src/live/file-source.ts',
    edits: [['observeFolder(dirname(path), changed)', 'observeFolder(path, changed)']],
    caughtBy: 'list-is-swapped',
  },
  {
    id: 'core-keeps-what-a-source-named',
    why: 'adds what a source names now to what it named before',
    file: 'core/src/authenticator/live-trust.ts',
    edits: [
      [
        'const entries = texts.length === 0 ? [] : parseProvided(source, texts);',
        'const entries = [...(provided.get(name)?.entries ?? []), ...(texts.length === 0 ? [] : parseProvided(source, texts))];',
      ],
    ],
    caughtBy: 'list-is-swapped',
  },
  {
    id: 'core-keeps-aliases',
    why: 'strips the configured spelling only',
    file: 'core/src/headers/scan-headers.ts',
    edits: [['matchName(name, lower) !== undefined', "matchName(name, lower) === 'same'"]],
    caughtBy: 'ignored-claim-is-stripped',
  },
  {
    id: 'core-aliases-unchecked',
    why: 'does not see Remote_User beside Remote-User',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [["if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);", '']],
    caughtBy: 'alias-underscore',
  },
  {
    id: 'core-connection-unchecked',
    why: 'does not see Connection: Remote-User',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [["if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);", '']],
    caughtBy: 'connection-names-user',
  },
  {
    id: 'core-repetition-unchecked',
    why: 'takes the first of two lines, as Kubernetes does',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [["if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);", '']],
    caughtBy: 'user-twice',
  },
  {
    id: 'core-comma-unchecked',
    why: 'takes two joined users for one',
    file: 'core/src/identity/read-identity.ts',
    edits: [["!field.mayHoldComma && line.includes(',')", 'false']],
    caughtBy: 'user-with-comma',
  },
  {
    id: 'core-too-many-lines-unchecked',
    why: 'believes a claim among any number of lines',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [['const MANY_LINES = 500;', 'const MANY_LINES = 5000;']],
    caughtBy: 'claim-behind-600-lines',
  },
  {
    id: 'core-cut-off-is-nobody',
    why: 'takes a request whose headers Node has cut off for an anonymous one',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [
      [
        'const isCutOff = facts.truncated === true || scan.lineCount >= CUT_OFF_LINES;',
        'const isCutOff = false;',
      ],
    ],
    caughtBy: 'cut-off-in-public',
  },
  {
    id: 'core-no-utf8',
    why: 'takes bytes for Latin-1 text, as Node hands them over',
    file: 'core/src/encoding/decode-header.ts',
    edits: [
      [
        "return encoding === 'utf-8' ? decodeUtf8Text(raw) : decodeOther(raw, encoding);",
        "return encoding === 'utf-8' ? raw : decodeOther(raw, encoding);",
      ],
    ],
    caughtBy: 'utf8-name',
  },
  {
    id: 'core-unicode-trim',
    why: 'trims with String.prototype.trim(), which eats the byte A0',
    file: 'core/src/headers/trim-ows.ts',
    edits: [
      [
        'return start === 0 && end === text.length ? text : text.slice(start, end);',
        'return text.trim();',
      ],
    ],
    caughtBy: 'utf8-ends-in-a0',
  },
  {
    id: 'core-placeholders-unchecked',
    why: 'takes (null) for a user',
    file: 'core/src/identity/read-value.ts',
    edits: [['isWithin(text, maxBytes) && !isPlaceholder(text)', 'isWithin(text, maxBytes)']],
    caughtBy: 'user-null',
  },
  {
    id: 'core-folds-users',
    why: 'brings users to NFC, where two accounts of the provider are one',
    file: 'core/src/encoding/decode-header.ts',
    edits: [
      [
        "return encoding === 'utf-8' ? decodeUtf8Text(raw) : decodeOther(raw, encoding);",
        "return (encoding === 'utf-8' ? decodeUtf8Text(raw) : decodeOther(raw, encoding))?.normalize('NFC');",
      ],
    ],
    caughtBy: 'utf8-user-as-sent',
  },
  {
    id: 'core-unseen-by-category',
    why: 'knows what cannot be seen by general category alone',
    file: 'core/src/identity/is-plain-text.ts',
    edits: [['\\p{Default_Ignorable_Code_Point}|', '']],
    caughtBy: 'user-with-filler',
  },
  {
    id: 'core-joiners-in-users',
    why: 'lets joiners into users, as into names',
    file: 'core/src/identity/read-value.ts',
    edits: [['return isPlainText(text)', 'return isPlainName(text)']],
    caughtBy: 'user-with-joiner',
  },
  {
    id: 'core-group-costs-login',
    why: 'refuses a member for one group that cannot be read',
    file: 'core/src/identity/read-groups.ts',
    edits: [['return groups.length > limits.groups', 'return reading.dropped']],
    caughtBy: 'group-placeholder-dropped',
  },
  {
    id: 'core-email-costs-login',
    why: 'refuses somebody for an email that cannot be read',
    file: 'core/src/identity/read-identity.ts',
    edits: [
      [
        "warnings = withWarning(warnings, 'email-dropped', field, found);",
        'return malformed(field, found);',
      ],
    ],
    caughtBy: 'email-without-at-dropped',
  },
  {
    id: 'core-other-profiles-unseen',
    why: 'believes Remote-User behind a proxy that names somebody else in a way of its own',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [['if (another) {', 'if (false) {']],
    caughtBy: 'user-of-another-profile',
  },
  {
    id: 'core-silent-denials',
    why: 'logs nothing where a policy denies',
    file: 'core/src/adapter/compile-guard.ts',
    edits: [['watcher?.denied(decision, explain, aboutOf(holder));', '']],
    caughtBy: 'log-of-a-denial',
  },
  {
    id: 'core-few-groups',
    why: 'has room for 512 groups, as no directory of a large company does',
    file: 'core/src/identity/limits.ts',
    edits: [['groups: 2048,', 'groups: 512,']],
    caughtBy: 'groups-600',
  },
  {
    id: 'core-mapped-peers-unknown',
    why: 'compares ::ffff:127.0.0.1 as IPv6, as Hono’s ip-restriction did',
    file: 'core/src/address/parse-address.ts',
    edits: [
      ['if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;', 'return 6;'],
    ],
    caughtBy: 'dual-stack-proxy',
  },
  {
    id: 'core-compatible-is-mapped',
    why: 'takes ::127.0.0.1 for 127.0.0.1, as ipaddr.js 2 does',
    file: 'core/src/address/parse-address.ts',
    edits: [
      [
        'if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;',
        'if (words[0] !== 0 || words[1] !== 0 || (words[2] !== 0xffff && words[2] !== 0)) return 6;',
      ],
    ],
    caughtBy: 'ipv4-compatible-is-not-mapped',
  },
  {
    id: 'core-loopback-is-trusted',
    why: 'trusts 127.0.0.1 without being told to',
    file: 'core/src/authenticator/judge-source.ts',
    edits: [['if (!trust.has(peer))', "if (!trust.has(peer) && peer !== '127.0.0.1')"]],
    caughtBy: 'loopback-is-nobody-special',
  },
  {
    id: 'core-unix-is-trusted',
    why: 'trusts every Unix socket',
    file: 'core/src/trust/trust.ts',
    edits: [
      [
        "return sockets.has(path) || (typeof path === 'string' && sockets.has(normalPath(path)));",
        'return true;',
      ],
    ],
    caughtBy: 'unix-without-entry',
  },
  {
    id: 'core-first-peer-for-all',
    why: 'keeps the answer about one peer for the next one',
    file: 'core/src/trust/trust.ts',
    edits: [
      ['if (peer === lastPeer) return lastAnswer;', "if (lastPeer !== '') return lastAnswer;"],
    ],
    caughtBy: 'proxy-and-stranger-in-turn',
  },
  {
    id: 'core-untrusted-is-anonymous',
    why: 'takes a stranger’s claim for no claim, and lets it into what is open',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [
      [
        "const ignoresUntrusted = options.untrusted === 'ignore';",
        'const ignoresUntrusted = true;',
      ],
    ],
    caughtBy: 'forgery-refused-in-public',
  },
  {
    id: 'core-groups-only-is-anonymous',
    why: 'takes groups without a user for no claim',
    file: 'core/src/headers/scan-headers.ts',
    edits: [
      ["kind !== 'secret' && trimOws(value) !== '';", "kind === 'user' && trimOws(value) !== '';"],
    ],
    caughtBy: 'groups-without-user',
  },
  {
    id: 'core-problem-names-the-peer',
    why: 'tells the client which address was not believed',
    file: 'core/src/problem/problem-of.ts',
    edits: [
      [
        ': FORBIDDEN),\n        code: refusal.reason,',
        ': FORBIDDEN),\n        code: refusal.reason,\n        peer: refusal.peer,',
      ],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'core-problem-is-cached',
    why: 'lets a cache keep the refusal for the next user',
    file: 'core/src/problem/render-problem.ts',
    edits: [["'cache-control': 'no-store',", '']],
    caughtBy: 'nobody-refused',
  },
  {
    id: 'core-log-unlimited',
    why: 'lets a stranger fill the log',
    file: 'core/src/authenticator/observer.ts',
    edits: [['limiter.admit(key)?.suppressed', '0']],
    caughtBy: 'log-is-limited',
  },
  {
    id: 'core-observer-decides',
    why: 'lets an observer that fails end the request',
    file: 'core/src/authenticator/quietly.ts',
    edits: [['    // It threw.', "    throw new Error('an observer failed');"]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'core-lets-subscribers-throw',
    why: 'lets a subscriber of the diagnostics channel end the request',
    file: 'core/src/authenticator/decision-channel.ts',
    edits: [['quietly(() => subscriber(event, channel.name))', 'subscriber(event, channel.name)']],
    caughtBy: 'channel-every-decision',
  },
  {
    id: 'node-tells-no-channel',
    why: 'leaves it to the application to publish decisions',
    file: 'node/src/resolve-node-options.ts',
    edits: [['  publishDecisions();\n', '']],
    caughtBy: 'channel-every-decision',
  },
  {
    id: 'core-tells-no-request',
    why: 'tells observers what happened, and not to whom',
    file: 'core/src/authenticator/event-of.ts',
    edits: [['about?.request !== undefined &&', 'about?.request === null &&']],
    caughtBy: 'stranger-user',
  },
  {
    id: 'core-open-is-a-prefix',
    why: 'opens what begins like an open path',
    file: 'core/src/adapter/compile-open.ts',
    edits: [
      ['return exact.has(path) ||', 'return patterns.some((each) => path.startsWith(each)) ||'],
    ],
    caughtBy: 'open-is-no-prefix',
  },
  {
    id: 'core-open-ignores-slashes',
    why: 'ends a prefix within a segment',
    file: 'core/src/adapter/compile-open.ts',
    edits: [['each.slice(0, -1));', 'each.slice(0, -2));']],
    caughtBy: 'open-below-is-not-beside',
  },
  {
    id: 'core-open-decodes',
    why: 'decodes a target before it is compared, as a router does or does not',
    file: 'core/src/adapter/compile-open.ts',
    edits: [
      [
        '    if (!isPlain(path)) return false;',
        '    if (!isPlain(path)) return exact.has(decodeURI(path));',
      ],
    ],
    caughtBy: 'open-undecoded',
  },
  {
    id: 'core-open-climbs',
    why: 'compares a path with its dot segments',
    file: 'core/src/adapter/compile-open.ts',
    edits: [
      [
        "return /^\\/[\\w.~!$&'()*+,=:@/-]*$/.test(path) && !/\\/\\/|\\/\\.{1,2}(?:\\/|$)/.test(path);",
        "return /^\\/[\\w.~!$&'()*+,=:@/-]*$/.test(path);",
      ],
    ],
    caughtBy: 'open-without-climbing',
  },
  {
    id: 'core-asked-is-truthy',
    why: 'takes whatever a function gives for permission',
    file: 'core/src/adapter/compile-anonymous.ts',
    edits: [["if (told === 'allow') mode = 'allow';", "if (told) mode = 'allow';"]],
    caughtBy: 'asked-gets-a-promise',
  },
  {
    id: 'core-asked-fails-open',
    why: 'lets nobody in where the application fails',
    file: 'core/src/adapter/compile-anonymous.ts',
    edits: [["let mode: AnonymousMode = 'refuse';", "let mode: AnonymousMode = 'allow';"]],
    caughtBy: 'asked-fails',
  },
  {
    id: 'core-origin-of-sockets-unasked',
    why: 'thinks that CORS protects WebSockets',
    file: 'core/src/adapter/compile-admission.ts',
    edits: [['return isUpgrade(shape) ||', 'return false ||']],
    caughtBy: 'origin-of-a-socket-is-another',
  },
  {
    id: 'core-origin-null-is-none',
    why: 'takes the origin null for no origin',
    file: 'core/src/adapter/same-origin.ts',
    edits: [["return 'its Origin is no site';", 'return undefined;']],
    caughtBy: 'origin-of-a-socket-is-null',
  },
  {
    id: 'core-origin-same-site',
    why: 'takes a subdomain for the same origin',
    file: 'core/src/adapter/same-origin.ts',
    edits: [["site === 'none'", "site === 'none' || site === 'same-site'"]],
    caughtBy: 'origin-of-a-socket-by-fetch-metadata',
  },
  {
    id: 'core-origin-first-line',
    why: 'reads the first of two origins',
    file: 'core/src/adapter/same-origin.ts',
    edits: [['sites.length > 1 || origins.length > 1', 'sites.length > 1']],
    caughtBy: 'origin-of-a-post-twice',
  },
  {
    id: 'core-off-refuses-nobody-to-pass',
    why: 'answers everybody with 401 where header login is off, as Next without registerTrustedHeader did',
    file: 'core/src/adapter/compile-anonymous.ts',
    edits: [["return setup?.isOff() ? 'allow' : 'refuse';", "return 'refuse';"]],
    caughtBy: 'off-lets-nobody-pass',
  },
  {
    id: 'core-off-opens-what-is-closed',
    why: 'lets nobody pass while header login is off, though the application has written anonymous: refuse',
    file: 'core/src/adapter/compile-anonymous.ts',
    edits: [['if (anonymous !== undefined)', 'if (anonymous !== undefined && !setup?.isOff())']],
    caughtBy: 'off-refuses-where-it-is-written',
  },
  {
    id: 'core-off-believes-loopback',
    why: 'takes this machine for the proxy where none is named',
    file: 'core/src/authenticator/resolve-trust.ts',
    edits: [['return optional ? [] :', "return optional ? parseTrustedProxies('loopback') :"]],
    caughtBy: 'off-strips-a-claim',
  },
  {
    id: 'core-off-refuses-claims',
    why: 'refuses what is ambiguous where nobody is believed anyway',
    file: 'core/src/authenticator/resolve-trust.ts',
    edits: [['return optional ? [] :', "return optional ? parseTrustedProxies('192.0.2.1') :"]],
    caughtBy: 'off-refuses-no-claim',
  },
  {
    id: 'core-off-leaves-headers',
    why: 'strips nothing while header login is off, as an application without the adapter does',
    file: 'core/src/authenticator/create-authenticator.ts',
    edits: [
      ['isIdentityHeader: withHidden(', 'isIdentityHeader: !trust ? () => false : withHidden('],
    ],
    caughtBy: 'off-strips-a-forgery',
  },
  {
    id: 'core-tells-the-refusal',
    why: 'tells the application the refusal itself, with the address that is for the operator',
    file: 'core/src/problem/refusal-error.ts',
    edits: [['{ kind: kindOf(refusal) }', 'refusal']],
    caughtBy: 'answered-for-a-forgery',
  },
];
