/** Changes of node that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'It removes one more header, of a name that none has.': [
    'strip-lines.ts: [] => ["Stryker was here"]',
    'strip-lines.ts: names.length - 1 => names.length + 1',
  ],
  'A short cut: without it the answer is the same, and comes later.': [
    'certificate-of.ts: socket.encrypted !== true => false',
    "certificate-of.ts: !('encrypted' in socket) || socket.encrypted !== true => false",
    "certificate-of.ts: !('encrypted' in socket) || socket.encrypted !== true => !('encrypted' in socket) && socket.encrypted !== true",
    'decide-request.ts: !pending => false',
    'is-node-request.ts: value instanceof IncomingMessage => false',
    'server-front.ts: probe?.isProbeStream(stream, rawHeaders) => false',
    'server-front.ts: state.untold => true',
    'stream-of.ts: req.httpVersionMajor < 2 => false',
    'match-connections.ts: !hasOpened => false',
    'match-connections.ts: false => true',
    'certificate-of.ts: earlier => false',
    'certificate-of.ts: isVerified(socket) => false',
    'decide-request.ts: !setupOf(authenticator)?.prepare => false',
    'decide-request.ts: subject !== req => true',
    'facts-from-request.ts: peer === undefined => true',
    'strip-lines.ts: false => true',
    'strip-trailers.ts: findName(req.rawHeaders, isTransferEncoding) < 0 => false',
    'strip-trailers.ts: name.length === 17 => true',
    "strip-trailers.ts: name.length === 17 && name.toLowerCase() === 'transfer-encoding' => true",
    "strip-trailers.ts: name.length === 17 && name.toLowerCase() === 'transfer-encoding' => name.length === 17 || name.toLowerCase() === 'transfer-encoding'",
    "strip-trailers.ts: name.toLowerCase() === 'transfer-encoding' => true",
  ],
  'For the type checker, or for a Node that does otherwise: it never comes to that.': [
    "kernel-peer.ts: typeof port === 'number' => true",
    'kernel-peer.ts: read?.call => read.call',
    'server-front.ts: handler !== undefined => true',
    "watch-connections.ts: !isObject(message) || !('socket' in message) => false",
    "watch-connections.ts: !isObject(message) || !('socket' in message) => !isObject(message) && !('socket' in message)",
    'watch-connections.ts: message.socket instanceof Socket => true',
    'watch-connections.ts: self instanceof Socket => true',
    'live/watch-trusted-proxies.ts: setupOf(authenticator)?.live => setupOf(authenticator).live',
    'live/live-watch.ts: stop?.() => stop()',
    'live/own-addresses.ts: [] => ["Stryker was here"]',
    "live/read-list.ts: typeof value !== 'object' => false",
    "kernel-peer.ts: typeof address === 'string' => true",
    'tailscale-memo.ts: oldest !== undefined => true',
    "alternative-names.ts: typeof value === 'string' => true",
    'check-runtime.ts: setupOf(authenticator)?.readsCertificate => setupOf(authenticator).readsCertificate',
    'find-name.ts: name !== undefined => true',
    'probe-receiver.ts: setupOf(authenticator)?.notify => setupOf(authenticator).notify',
    'read-trailers.ts: Array.isArray(raw) => true',
    'resolve-node-options.ts: setupOf(resolved.authenticator)?.readsCertificate => setupOf(resolved.authenticator).readsCertificate',
    'server-front.ts: setupOf(authenticator)?.prepare => setupOf(authenticator).prepare',
    'stand-in-front.ts: !each => false',
    'strip-sensitive.ts: !Array.isArray(names) => false',
    'facts-from-request.ts: stream.session?.socket => stream.session.socket',
    "strip-sensitive.ts: typeof name !== 'string' => false",
    "strip-trailers.ts: typeof add !== 'function' => false",
    'strip-trailers.ts: !isObject(headers) || !Array.isArray(lines) => false',
    'strip-trailers.ts: !isObject(headers) || !Array.isArray(lines) => !isObject(headers) && !Array.isArray(lines)',
    'strip-trailers.ts: value === undefined => false',
  ],
  'What is compared after it differs then: either is enough, and neither is sure of the next Node.':
    [
      'header-objects.ts: !count => false',
      'header-objects.ts: JSON.stringify(made) !== \'[{"name":"value"},{"name":["value"]}]\' => false',
    ],
  'One round more, which finds nothing.': [
    'find-name.ts: i < lines.length => i <= lines.length',
    'stand-in-front.ts: i < all.length => i <= all.length',
  ],
  'What comes after it says the same: the function ends with undefined.': [
    'client-cert-header.ts: { return undefined; } => {}',
    'kernel-peer.ts: { return undefined; } => {}',
    'tailscale-answers.ts: { return undefined; } => {}',
    'alternative-names.ts: { return undefined; } => {}',
    "header-objects.ts: { // Some other runtime's idea of Node. return undefined; } => {}",
    'facts-from-request.ts: { return undefined; } => {}',
  ],
  'Two keys that are undefined are two that are not there.': [
    'send-problem.ts: { accept: undefined, acceptLanguage: undefined } => {}',
  ],
  'A net below what does not throw, or does because it is destroyed already.': [
    'probe-receiver.ts: () => req.destroy() => () => undefined',
    'probe-receiver.ts: () => socket.destroy() => () => undefined',
    'probe-receiver.ts: () => stream.destroy() => () => undefined',
  ],
  'The report tells of identity headers only, and this is called like none.': [
    'probe-receiver.ts: [] => ["Stryker was here"]',
    'read-trailers.ts: [] => ["Stryker was here"]',
  ],
  'A body that has ended has nothing to pause.': ['read-trailers.ts: !isWhole => true'],
  'Nobody asks for the port of a client that has hung up.': [
    'facts-from-request.ts: peer === undefined => false',
  ],
  'Who comes later may replace it, and nobody does.': ['strip-trailers.ts: true => false'],
  'What is thrown is swallowed, as what an observer throws.': [
    'live/live-watch.ts: onChange?.(event) => onChange(event)',
  ],
  'The first read begins at once, before anybody could ask for another.': [
    'live/follow-source.ts: false => true',
  ],
  'The resolver has times of its own, which are about the same.': [
    'live/dns-source.ts: { timeout: TIMEOUT_MS / 2, tries: 2 } => {}',
  ],
  'Linux gives a small file whole, at once.': ['live/file-source.ts: bytesRead === 0 => true'],
  'No zone stands behind an address of an interface on Linux: for runtimes and systems that write one.':
    ['live/own-addresses.ts: /%.*/ => /%./'],
  'Tailscale writes whole prefixes, which end there; what comes of others is no address.': [
    'tailscale-answers.ts: /\\/(32|128)$/ => /\\/(32|128)/',
  ],
  'A client that is made with Node cannot show another certificate in a renegotiation.': [
    'certificate-of.ts: isVerified(socket) => true',
  ],
  'The watch is one, however many hold it, and an adapter holds it as long as there is an authenticator.':
    [
      'live/watch-trusted-proxies.ts: started.has(live) => false',
      'live/watch-trusted-proxies.ts: !live || started.has(live) => false',
      'live/watch-trusted-proxies.ts: !live || started.has(live) => !live && started.has(live)',
    ],
  'A key begins with an address and a port: no key begins with the word undefined, nor has one behind its address.':
    [
      'connection-key.ts: remotePort === undefined => false',
      'match-connections.ts: prefix === undefined => false',
    ],
  'What is kept without a key is found by nobody: who asks has a key, or goes by the peer alone.': [
    'match-connections.ts: key === undefined => false',
  ],
  'For memory only: our end is not kept while the other one is there.': [
    'match-connections.ts: { ends.ours = null; } => {}',
  ],
  'Since when there are none is written anew when the last one goes, and read only then.': [
    'live/follow-source.ts: next.length === 0 => true',
  ],
  'A connection that is told twice is noted once.': [
    'watch-connections.ts: !isWatching => true',
    'watch-connections.ts: true => false',
  ],
  'Who asks for the shape looks at its method, its target and the origin, and none of them is stripped.':
    ['server-front.ts: rawHeaders.slice() => rawHeaders'],
  'The name of a header is none of the random values.': ['test-requests.ts: line < 0 => false'],
  'What took too long is asked for its time to live alone, and all addresses are taken, in whatever order.':
    ['live/dns-source.ts: [] => ["Stryker was here"]', 'live/dns-source.ts: true => false'],
};
