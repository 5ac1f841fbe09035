import { DevError } from './dev-error.js';
import type { AccessRules, DevOptions, DevUpstream } from './options.js';
import { faultOf } from './session/identity-headers.js';

/**
 * Checks all options and names every fault at once, each with its place and what to write instead.
 *
 * @throws {DevError}
 */
export function checkOptions(options: DevOptions): void {
  const faults = [
    ...unknownNames('', options, SETTINGS),
    ...checkUsers(options.users),
    ...checkUpstreams(options.upstreams),
    ...checkPort('portalPort', options.portalPort ?? 0),
    ...checkRules('', options),
    ...checkReadBuffer(options.readBufferBytes ?? 4096),
    ...checkFlag('hideSession', options.hideSession),
  ];
  if (faults.length > 0) throw new DevError(faults.join('\n'));
}

const RULES = ['bypass', 'deny', 'groups'] as const;
const SETTINGS = [
  'users',
  'upstreams',
  'portalPort',
  ...RULES,
  'readBufferBytes',
  'hideSession',
  'log',
] as const;

function checkUsers(users: unknown): string[] {
  if (!Array.isArray(users))
    return [wrong('users', users, 'is not a list', "write [{ user: 'john' }]")];
  return users.flatMap((user: unknown, i) => {
    const where = `users[${i}]`;
    if (!isObject(user) || !('user' in user) || typeof user.user !== 'string') {
      return [wrong(where, user, 'names no user', "write { user: 'john', groups: ['dev'] }")];
    }
    const { user: name, ...rest } = user;
    const faults = [
      ...unknownNames(`${where}.`, rest, ['groups', 'name', 'email', 'password']),
      ...('groups' in user ? checkNames(`${where}.groups`, user.groups) : []),
      ...['name', 'email', 'password'].flatMap((key) => {
        const value: unknown = Reflect.get(user, key);
        if (value === undefined || typeof value === 'string') return [];
        return [wrong(`${where}.${key}`, value, 'is not a text', 'write a string')];
      }),
    ];
    if (faults.length > 0) return faults;
    const fault = faultOf({ ...rest, user: name });
    return fault === undefined
      ? []
      : [wrong(where, user, `cannot be signed in: ${fault}`, 'write plain text')];
  });
}

function checkUpstreams(upstreams: unknown): string[] {
  if (!Array.isArray(upstreams) || upstreams.length === 0) {
    const instead = "write [{ target: 'http://127.0.0.1:3000', port: 8080 }]";
    return [wrong('upstreams', upstreams, 'names no application', instead)];
  }
  return upstreams.flatMap((upstream: unknown, i) => {
    const where = `upstreams[${i}]`;
    if (!isObject(upstream))
      return [
        wrong(
          where,
          upstream,
          'is not an upstream',
          "write { target: 'http://127.0.0.1:3000', port: 8080 }",
        ),
      ];
    const { target, port, ...rules }: Partial<DevUpstream> = upstream;
    return [
      ...unknownNames(`${where}.`, upstream, ['target', 'port', 'name', ...RULES]),
      ...checkTarget(`${where}.target`, target),
      ...checkPort(`${where}.port`, port),
      ...checkRules(`${where}.`, rules),
    ];
  });
}

function checkTarget(where: string, target: unknown): string[] {
  const isWeb = typeof target === 'string' && /^https?:\/\//.test(target) && URL.canParse(target);
  return isWeb ? [] : [wrong(where, target, 'is not an http URL', "write 'http://127.0.0.1:3000'")];
}

function checkPort(where: string, port: unknown): string[] {
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535;
  return isPort
    ? []
    : [wrong(where, port, 'is not a port', 'write a number from 1 to 65535, or 0 for a free one')];
}

function checkReadBuffer(bytes: unknown): string[] {
  const isBytes = typeof bytes === 'number' && Number.isInteger(bytes) && bytes >= 1024;
  return isBytes ? [] : [wrong('readBufferBytes', bytes, 'is no size', 'write 1024 or more')];
}

function checkFlag(where: string, flag: unknown): string[] {
  if (flag === undefined || typeof flag === 'boolean') return [];
  return [wrong(where, flag, 'is neither yes nor no', 'write true or false')];
}

function checkRules(where: string, rules: AccessRules): string[] {
  return RULES.flatMap((name) => checkNames(`${where}${name}`, rules[name]));
}

function checkNames(where: string, names: unknown): string[] {
  const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (names === undefined || isList) return [];
  return [wrong(where, names, 'is not a list of texts', "write ['a', 'b']")];
}

function unknownNames(where: string, value: object, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) =>
      wrong(`${where}${name}`, name, 'is not a setting', `write one of ${known.join(', ')}`),
    );
}

function wrong(where: string, value: unknown, problem: string, instead: string): string {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return `${where}: ${shown ?? 'undefined'} ${problem}; ${instead}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
