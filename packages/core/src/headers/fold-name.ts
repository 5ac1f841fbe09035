/** Writes a name as CGI-like servers and lax proxies would read it: ASCII lower case, `_` and `.` as `-` (H3). */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[_.]/g, '-');
}
