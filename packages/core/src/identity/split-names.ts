import { trimOws } from '../headers/trim-ows.js';

/** Takes its meaning from the character behind it (RFC 4514 section 2.4). */
const ESCAPE = '\\';

/** The attribute that a part of a distinguished name begins with: a name or a number (RFC 4512 section 1.4). */
const ATTRIBUTE = /^([a-z][\w-]*|\d+(?:\.\d+)+)\s*=/i;

/** Attributes that stand at the end of a name: a domain, an organisation, a country. */
const ENDINGS: ReadonlySet<string> = new Set(['dc', 'o', 'c']);

/** Attributes that may stand behind an organisation, and before what ends the name: a place. */
const PLACES: ReadonlySet<string> = new Set(['l', 'st', 's', 'street', 'postalcode']);

/**
 * Splits a line into distinguished names (RFC 4514), whose own commas separate nothing; what has no `=` is a name as well.
 *
 * Between names that are themselves separated by commas, one ends with its last `DC=`, `O=` or `C=`: that no other part
 * comes behind those is the one thing that tells `CN=a,DC=com,CN=b,DC=com` from a single name.
 */
export function splitNames(line: string, separator: string): readonly string[] {
  const parts = splitUnescaped(line, separator);
  if (separator !== ',') return parts;
  const names: string[] = [];
  let previous = '';
  for (const part of parts) {
    const attribute = ATTRIBUTE.exec(trimOws(part))?.[1]?.toLowerCase() ?? '';
    const last = names.length - 1;
    const isPlace = previous === 'o' && PLACES.has(attribute);
    const begins =
      previous === '' ||
      attribute === '' ||
      (ENDINGS.has(previous) && !ENDINGS.has(attribute) && !isPlace);
    if (begins) names.push(part);
    else names[last] = `${names[last]},${part}`;
    // Behind an organisation one place may follow another.
    previous = isPlace ? 'o' : attribute;
  }
  return names;
}

function splitUnescaped(line: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === ESCAPE) i++;
    else if (line[i] === '"' && beginsValue(line, i)) i = endOfQuote(line, i);
    else if (line.startsWith(separator, i)) {
      parts.push(line.slice(start, i));
      i += separator.length - 1;
      start = i + 1;
    }
  }
  return [...parts, line.slice(start)];
}

/** Looks back from a quote, over white space alone: a line of quotes is not read again for each of them. */
function beginsValue(line: string, quote: number): boolean {
  let at = quote - 1;
  while (line[at] === ' ' || line[at] === '\t') at--;
  return line[at] === '=';
}

/** Finds the end of a value in quotes (RFC 2253 section 4); its beginning, if it does not end. */
function endOfQuote(line: string, start: number): number {
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === ESCAPE) i++;
    else if (line[i] === '"') return i;
  }
  return start;
}
