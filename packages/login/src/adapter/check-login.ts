import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';

const NEEDED = ['read', 'start', 'end'];
const HOLDS = ['readHold', 'hold'];

/** Checks what only adapters know of, and gives the options back. The rest is `createSignIn`'s to check. */
export function checkLogin<Options extends object>(options: Options): Options {
  if (typeof options !== 'object' || options === null) {
    const instead = 'write { find: (identity) => …, session }';
    throw new ConfigError('option-invalid', [
      configIssue('options', options, 'are no options', instead),
    ]);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  const issues: ConfigIssue[] = [];
  if (given.has('session')) issues.push(...sessionIssues(given.get('session')));
  const otherLogin = given.get('otherLogin');
  if (otherLogin !== undefined && typeof otherLogin !== 'function') {
    const instead = 'write (request) => whether somebody is signed in otherwise';
    issues.push(configIssue('otherLogin', otherLogin, 'is no function', instead));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  return options;
}

function sessionIssues(session: unknown): readonly ConfigIssue[] {
  const kindOf = (name: string): string =>
    typeof session === 'object' && session !== null ? typeof Reflect.get(session, name) : 'nothing';
  const missing = NEEDED.find((name) => kindOf(name) !== 'function');
  if (missing !== undefined) {
    const instead = 'write for example expressSession, or { read, start, end } of your own';
    return [configIssue('session', session, `has no function ${missing}`, instead)];
  }
  const [reads, holds] = HOLDS.map(kindOf);
  if (reads === holds && (reads === 'function' || reads === 'undefined')) return [];
  return [
    configIssue('session', session, 'needs both readHold and hold, or neither', 'write both'),
  ];
}
