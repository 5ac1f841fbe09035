import { familyNotes } from './family-notes.js';
import type { Plan } from './plan.js';

/** Characters that start a comment line; all formats here have `#`. */
const COMMENT = '# ';

/** The comment on top: what this is, what to set on both sides, what it cannot do. */
export function heading(
  plan: Plan,
  title: string,
  notes: readonly string[],
  whose = plan.endpoints ? 'this proxy' : plan.server.label,
): string {
  const { domain, server, app } = plan;
  const known = [...notes, ...familyNotes(plan)];
  return comment([
    `${domain}: ${title}, ${server.label} decides, the application is at ${app.url}.`,
    '',
    'In the application (its environment), so that it believes nobody else:',
    `  ${trustedProxiesLine(plan, whose)}`,
    `and in its options: profile: '${server.headers.id}'`,
    ...(plan.proxyAddress === undefined
      ? ['Find the address with: docker inspect <proxy> <app> | npx @trusted-header/cli audit']
      : []),
    '',
    'Needs:',
    ...server.needs.map((need) => `  - ${need}`),
    ...(known.length > 0 ? ['', 'Know that:', ...known.map((note) => `  - ${note}`)] : []),
  ]);
}

function trustedProxiesLine({ proxyAddress }: Plan, whose: string): string {
  return `TRUSTED_PROXIES=${proxyAddress ?? `<the address of ${whose}, as the application sees it>`}`;
}

/** Turns lines into comment lines. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => (COMMENT + line).trimEnd()).join('\n');
}

/** Puts white space in front of every line that is not empty. */
export function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
}
