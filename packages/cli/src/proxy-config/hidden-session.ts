import type { Plan } from './plan.js';

/** A regular expression for the cookies that the application must not see; `*` at the end of a name is any more of it. */
export function cookiePattern(names: readonly string[]): string {
  const alternatives = names.map((name) => name.replace(/[*]$/, '[^=;]*'));
  return `(?:${alternatives.join('|')})`;
}

/** What is said where a proxy has nothing to hide the session with. */
export function cannotHideSession({ hideSession, server }: Plan): readonly string[] {
  if (!hideSession) return [];
  return [
    `${server.label}’s session cookie, and passwords of Authorization: Basic, reach the application: this proxy cannot take one cookie out. Whoever reads the application’s requests can use them at every application of the domain.`,
  ];
}
