/**
 * Known bugs in the proofs beside the address (T6, V1).
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const proofMutants = [
  {
    id: 'core-secret-prefix',
    why: 'takes the beginning of a secret for the secret',
    file: 'core/src/authenticator/judge-proofs.ts',
    edits: [
      ['return isOneOf(line, values) ?', 'return values.some((value) => value.startsWith(line)) ?'],
    ],
    caughtBy: 'secret-beginning-of-it',
  },
  {
    id: 'core-secret-first-value-only',
    why: 'believes the newest secret only, so that a rotation is an outage',
    file: 'core/src/authenticator/judge-proofs.ts',
    edits: [['return isOneOf(line, values) ?', 'return isOneOf(line, values.slice(0, 1)) ?']],
    caughtBy: 'secret-old-of-a-rotation',
  },
  {
    id: 'core-secret-left-readable',
    why: 'leaves the secret where the application, and its log, can read it',
    file: 'core/src/headers/scan-headers.ts',
    edits: [
      ['if (field?.header === name) return field;', ''],
      [
        '({ lower }) => matchName(name, lower) !== undefined',
        "({ lower, kind }) => kind !== 'secret' && matchName(name, lower) !== undefined",
      ],
    ],
    caughtBy: 'secret-right',
  },
  {
    id: 'core-proof-in-place-of-the-address',
    why: 'believes a secret from any address',
    file: 'core/src/authenticator/compile-decide.ts',
    edits: [
      [
        'const judgement = judge(facts);',
        "const source0 = { kind: 'address', address: '127.0.0.1' };\n    const judgement = proofs ? { source: source0, peer: facts.peer } : judge(facts);",
      ],
    ],
    caughtBy: 'secret-from-a-stranger',
  },
  {
    id: 'core-certificate-of-any-name',
    why: 'believes every certificate of the authority',
    file: 'core/src/authenticator/judge-proofs.ts',
    edits: [
      [
        "if (found) return rule.judge(found) ? undefined : { reason: 'proof-invalid', detail: UNLISTED };",
        'if (found) return undefined;',
      ],
    ],
    caughtBy: 'certificate-unlisted',
  },
  {
    id: 'core-xfcc-last-of-several',
    why: 'takes the last element of however many there are',
    file: 'core/src/certificate/read-xfcc.ts',
    edits: [['found.length !== elements', 'false']],
    caughtBy: 'forwarded-certificate-prepended',
  },
  {
    id: 'core-xfcc-first-element',
    why: 'takes the first element, which the client has written, as Envoy’s own reader does',
    file: 'core/src/certificate/read-xfcc.ts',
    edits: [
      ['found.length !== elements', 'false'],
      ['const last = found.at(-1);', 'const last = found.at(0);'],
    ],
    caughtBy: 'forwarded-certificate-appended',
  },
  {
    id: 'core-xfcc-quote-anywhere',
    why: 'lets a quote stand in a value, where another reader opens a quoted text',
    file: 'core/src/certificate/split-xfcc.ts',
    edits: [['([^",;= ]*)', '([^,;= ]*)']],
    caughtBy: 'forwarded-certificate-quote-inside',
  },
  {
    id: 'node-certificate-unverified',
    why: 'believes a certificate that the TLS layer has not verified',
    file: 'node/src/certificate-of.ts',
    edits: [['return socket.authorized === true && !socket.authorizationError;', 'return true;']],
    caughtBy: 'certificate-other-authority',
  },
  {
    id: 'node-names-unquoted',
    why: 'splits the text of the names at commas, quoted or not (CVE-2021-44532)',
    file: 'node/src/alternative-names.ts',
    edits: [
      [
        "if (kind === 'DNS') dnsNames.push(value);",
        "if (kind === 'DNS') dnsNames.push(...value.split(', DNS:'));",
      ],
    ],
    caughtBy: 'certificate-name-with-comma',
  },
  {
    id: 'node-certificate-of-a-request',
    why: 'finds the certificate on the first request of a connection only',
    file: 'node/src/certificate-of.ts',
    edits: [['  if (earlier) return earlier;\n', '  if (earlier) return undefined;\n']],
    caughtBy: 'certificate-of-the-whole-connection',
  },
];
