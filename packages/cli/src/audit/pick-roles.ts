import { cliError } from '../cli-error.js';
import type { Container } from './container.js';
import { isCalled, withNamespaces } from './namespaces.js';

/** The two containers that the audit is about, and the rest. */
export interface Roles {
  /** Absent where nothing here looks like one: it may be in another file. */
  readonly proxy?: Container;
  readonly app: Container;
  /** Everybody but the proxy: the application too. */
  readonly others: readonly Container[];
}

/** The proxy, where it runs on the machine itself and in no container. */
export const MACHINE: Container = {
  name: 'the machine',
  aliases: [],
  image: '',
  list: { kind: 'unset' },
  mode: { kind: 'host' },
  ports: [],
  labels: {},
  settings: [],
  attachments: [],
};

/** How people name containers and images of reverse proxies. */
const PROXY_NAME =
  /(^|[^a-z])(traefik|nginx|caddy|haproxy|swag|npm|nginx-proxy-manager|envoy|apache|httpd|pomerium|oauth2-proxy)([^a-z]|$)/;

/**
 * Decides which container is the proxy and which the application: by the names given, else by guessing from names and
 * images, and by who has a list of trusted proxies. `host` is a proxy that runs on the machine.
 *
 * @throws CliError where there is more than one answer, or none: a wrong guess would be a wrong audit.
 */
export function pickRoles(
  read: readonly Container[],
  names: { readonly proxy?: string | undefined; readonly app?: string | undefined },
): Roles {
  const containers = withNamespaces(read);
  const proxy =
    names.proxy === undefined
      ? guessProxy(containers, names.app)
      : proxyBy(names.proxy, containers);
  const others = containers.filter((one) => one !== proxy);
  const app =
    names.app === undefined ? guessApp(others, containers) : byName('--app', names.app, others);
  return { ...(proxy && { proxy }), app, others };
}

function proxyBy(name: string, containers: readonly Container[]): Container {
  const isMachine = name === 'host' && !containers.some((one) => isCalled(one, name));
  return isMachine ? MACHINE : byName('--proxy', name, containers);
}

/** Nobody, where an application has a list and no proxy is here: its list can be judged all the same. */
function guessProxy(
  containers: readonly Container[],
  app: string | undefined,
): Container | undefined {
  const candidates = containers.filter(
    (one) => looksLikeProxy(one) && !(app !== undefined && isCalled(one, app)),
  );
  const hasList = containers.some(({ list }) => list.kind !== 'unset');
  return candidates.length === 0 && hasList ? undefined : guess('proxy', candidates, containers);
}

function guessApp(others: readonly Container[], all: readonly Container[]): Container {
  const told = others.filter(({ list }) => list.kind !== 'unset');
  return guess('app', told.length > 0 ? told : others.filter((one) => !looksLikeProxy(one)), all);
}

function guess(
  role: 'proxy' | 'app',
  candidates: readonly Container[],
  all: readonly Container[],
): Container {
  const [found, ...more] = candidates;
  if (found && more.length === 0) return found;
  const what = role === 'proxy' ? 'the proxy' : 'the application';
  const which = found
    ? `${candidates.map(({ name }) => name).join(', ')} may each be ${what}`
    : `none of ${all.map(({ name }) => name).join(', ') || 'no containers'} looks like ${what}`;
  const host = role === 'proxy' && !found ? ' (host, if it runs on the machine itself)' : '';
  throw cliError(`--${role}: ${which}; write --${role} and its name${host}`);
}

function byName(option: string, wanted: string, containers: readonly Container[]): Container {
  const [found, ...more] = containers.filter((one) => isCalled(one, wanted));
  if (found && more.length === 0) return found;
  const shown = (some: readonly Container[]): string =>
    some.map(({ name, aliases: [alias = name] }) => (more.length > 0 ? alias : name)).join(', ');
  if (found) {
    throw cliError(`${option}: "${wanted}" may be each of ${shown([found, ...more])}; write one`);
  }
  const names = shown(containers);
  throw cliError(`${option}: "${wanted}" is not among the containers; write one of ${names}`);
}

function looksLikeProxy({ name, image, list }: Container): boolean {
  return (
    list.kind === 'unset' &&
    (PROXY_NAME.test(name.toLowerCase()) || PROXY_NAME.test(image.toLowerCase()))
  );
}
