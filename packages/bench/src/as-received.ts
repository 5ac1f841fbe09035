/** Gives text as a server gets it: a string of its own, not one that is put together from parts. */
export function asReceived(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
