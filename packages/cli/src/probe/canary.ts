import { randomBytes } from 'node:crypto';

/** What a name holds that nobody is called. Sixteen digits of the run, then the case and the header. */
const CANARY = /th-probe-[0-9a-f]{16}-[a-z0-9-]{1,40}/g;

/** Makes the names of one run: no account, no group and no rule of anybody is called so. */
export function canaryMaker(nonce = randomBytes(8).toString('hex')): (tag: string) => string {
  return (tag) => {
    const clean = tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return `th-probe-${nonce}-${clean.slice(0, 40).replace(/-$/, '')}`;
  };
}

/** Every canary in a text, of whichever run. */
export function canariesIn(text: string): readonly string[] {
  return text.match(CANARY) ?? [];
}
