/**
 * Tells whether text is one of the secrets. Takes as long for a wrong one as for the right one: every character of every secret is
 * looked at, whatever the text, so that nobody learns a secret from how long the answer takes.
 */
export function isOneOf(text: string, secrets: readonly string[]): boolean {
  let isFound = 0;
  for (const secret of secrets) isFound |= Number(differenceOf(text, secret) === 0);
  return isFound === 1;
}

function differenceOf(text: string, secret: string): number {
  let difference = text.length ^ secret.length;
  // Behind the end of the text is NaN, which counts as 0: its length differs anyway.
  for (let i = 0; i < secret.length; i++) difference |= text.charCodeAt(i) ^ secret.charCodeAt(i);
  return difference;
}
