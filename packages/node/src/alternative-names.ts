/** One entry of `subjectAltName`: its kind, and its value as it is, or as a JSON string where it could be read in two ways. */
const ENTRY = /([A-Za-z]+(?: [A-Za-z]+)*):(?:("(?:[^"\\]|\\.)*")|([^",\\]*))(, |$)/y;

/** The alternative names of a certificate's subject, of the two kinds that name a proxy. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[];
  readonly uris: readonly string[];
}

/**
 * Reads the text that Node makes of a certificate's alternative names: `DNS:a.internal, URI:spiffe://a/b`.
 *
 * Node quotes, as JSON, every name with a character that would make the text ambiguous (CVE-2021-44532): a DNS name
 * `a, DNS:gateway` is one name here. Undefined where the text is not wholly of that form: then nothing in it is believed.
 */
export function readAlternativeNames(text: string): AlternativeNames | undefined {
  const dnsNames: string[] = [];
  const uris: string[] = [];
  if (text === '') return { dnsNames, uris };
  ENTRY.lastIndex = 0;
  for (;;) {
    const match = ENTRY.exec(text);
    if (!match) return undefined;
    const [, kind, quoted, bare = '', delimiter] = match;
    const value = quoted === undefined ? bare : unquote(quoted);
    if (value === undefined) return undefined;
    if (kind === 'DNS') dnsNames.push(value);
    if (kind === 'URI') uris.push(value);
    if (!delimiter) return { dnsNames, uris };
  }
}

function unquote(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
