import { PORTAL_PORT } from '../world/constants.js';

/** Makes an edit that takes lines away. It throws where there are none: then the generator has changed. */
export function without(lines: RegExp): (text: string) => string {
  return (text) => {
    if (text.search(lines) === -1) throw new Error(`there is no line ${lines}`);
    return text.replace(lines, '');
  };
}

/** A location inside of the one that asks, with a header of its own: nginx then inherits none of the others. */
export function nestLocation(text: string): string {
  const [, app] =
    new RegExp(`proxy_pass (?!http://127\\.0\\.0\\.1:${PORTAL_PORT})(\\S+);`).exec(text) ?? [];
  const nested = `location /nested/ { proxy_set_header X-Nested 1; proxy_pass ${app}; }`;
  return replaced(text, /^ *location \/ \{\n/m, (line) => `${line}${nested}\n`);
}

const CADDY_DELETES = /^\s*request_header -Remote[-_.](?:User|Groups|Name|Email)\n/gm;
const CADDY_EMPTY = /^\s*(?:@empty\d .*|request_header @empty\d .*)\n/gm;
const CADDY_SETS =
  /^(\s*)request_header (Remote-\w+) (\{http\.reverse_proxy\.header\.Remote-\w+\})\n/gm;

/** `copy_headers` up to Caddy 2.8: each header is set, to a placeholder where the answer has none. */
export function copyHeaders(text: string): string {
  return without(CADDY_EMPTY)(without(CADDY_DELETES)(text));
}

/** `copy_headers` of Caddy 2.9.0 to 2.11.1: a header that the answer has not, or leaves empty, stays the client's. */
export function copyHeadersIfThere(text: string): string {
  let count = 0;
  return replaced(copyHeaders(text), CADDY_SETS, (_line, indent, name, value) => {
    count += 1;
    return `${indent}@has${count} not vars ${value} ""\n${indent}request_header @has${count} ${name} ${value}\n`;
  });
}

function replaced(
  text: string,
  pattern: RegExp,
  replace: (line: string, ...groups: string[]) => string,
): string {
  if (text.search(pattern) === -1) throw new Error(`there is no line ${pattern}`);
  return text.replace(pattern, replace);
}

/** What Apache deletes, whoever stands behind it. */
export const APACHE_UNSETS = /^ *RequestHeader unset Remote[-_.]\w+ early\n/gm;
