/** The entries of a list of trusted proxies as they were written: core's own rule, commas and white space. */
export function entriesOf(trustedProxies: string): string[] {
  return trustedProxies.split(/[\s,]+/).filter((text) => text !== '');
}
