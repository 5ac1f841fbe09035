/**
 * Cleans a path as the rules match it: percent-encoding is decoded, then `//`, `.` and `..` are resolved. A slash at the
 * end stays. The path is one character a byte, as Node gives it.
 *
 * Refuses an encoding that is cut short or no hexadecimal number: `undefined`.
 * Source: `URLPathFullClean` in Authelia's source, and `path.Clean` of Go.
 */
export function cleanPath(path: string): string | undefined {
  const decoded = decodePath(path);
  if (decoded === undefined) return undefined;
  const kept: string[] = [];
  for (const part of decoded.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  const end = decoded.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/** Decodes percent-encoding, byte by byte; undefined for a bad one. */
export function decodePath(path: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(path)) return undefined;
  return path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
