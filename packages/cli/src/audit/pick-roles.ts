import { cliError } from '../cli-error.js';
import type { Container } from './container.js';

/** The two containers that the audit is about, and the rest. */
export interface Roles {
  readonly proxy: Container;
  readonly app: Container;
  /** Everybody but the proxy: the application too. */
  readonly others: readonly Container[];
}

/** How people name containers and images of reverse proxies. */
const PROXY_NAME =
  /(^|[^a-z])(traefik|nginx|caddy|haproxy|swag|npm|nginx-proxy-manager|envoy|apache|httpd|pomerium|oauth2-proxy)([^a-z]|$)/;

/**
 * Decides which container is the proxy and which the application: by the names given, else by guessing from names and
 * images, and by who has TRUSTED_PROXIES.
 *
 * @throws CliError where there is more than one answer, or none: a wrong guess would be a wrong audit.
 */
export function pickRoles(
  containers: readonly Container[],
  names: { readonly proxy?: string | undefined; readonly app?: string | undefined },
): Roles {
  const proxy =
    names.proxy === undefined
      ? guess(
          'proxy',
          containers.filter((one) => looksLikeProxy(one) && one.name !== names.app),
          containers,
        )
      : byName('--proxy', names.proxy, containers);
  const others = containers.filter((one) => one !== proxy);
  const app =
    names.app === undefined ? guessApp(others, containers) : byName('--app', names.app, others);
  return { proxy, app, others };
}

function guessApp(others: readonly Container[], all: readonly Container[]): Container {
  const told = others.filter(({ trustedProxies }) => trustedProxies !== undefined);
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
  throw cliError(`--${role}: ${which}; write --${role} and its name`);
}

function byName(option: string, wanted: string, containers: readonly Container[]): Container {
  const found = containers.find(({ name }) => name === wanted);
  if (found) return found;
  const names = containers.map(({ name }) => name).join(', ');
  throw cliError(`${option}: "${wanted}" is not among the containers; write one of ${names}`);
}

function looksLikeProxy({ name, image, trustedProxies }: Container): boolean {
  return (
    trustedProxies === undefined &&
    (PROXY_NAME.test(name.toLowerCase()) || PROXY_NAME.test(image.toLowerCase()))
  );
}
