import { ConfigError } from '@trusted-header/core';
import type { Finding } from './finding.js';
import { judgeEntries } from './judge-entries.js';
import { listAdvice, type Scene } from './scene.js';
import { isTraefik, type Way } from './ways.js';

/** Judges what the application trusts: its entries, and the addresses of the proxy that are not among them (T7). */
export function judgeList(scene: Scene): Finding[] {
  const { app, variable } = scene;
  const { list } = app;
  switch (list.kind) {
    case 'unknown':
      return [unknownList(list.why, scene)];
    case 'unset':
      return [missingList(scene)];
    case 'set':
      if (list.value.trim() === '') return [missingList(scene)];
      try {
        return [...judgeEntries(list.value, scene), ...judgeProxy(scene)];
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.issues.map(({ value, problem, instead }) => ({
          severity: 'high',
          code: 'list-invalid',
          subject: value,
          why: `${problem}, so ${app.name} does not start`,
          instead: instead.replace('TRUSTED_PROXIES', variable),
        }));
      }
  }
}

function unknownList(why: string, scene: Scene): Finding {
  const advice = listAdvice(scene);
  return {
    severity: 'medium',
    code: 'cannot-judge',
    subject: scene.app.name,
    why: `${why}: cannot be judged here`,
    instead: `${advice.startsWith('set ') ? `${advice} there` : advice}, or audit what "docker compose config" prints where it is set`,
  };
}

function missingList({ app, variable }: Scene): Finding {
  return {
    severity: 'medium',
    code: 'list-missing',
    subject: app.name,
    why: `has no ${variable} in its environment`,
    instead: 'set it to the address of the proxy (--variable names another one)',
  };
}

/** Each address of the proxy on a way to the application that the application does not trust. */
function judgeProxy(scene: Scene): Finding[] {
  const { ways, trusts, live } = scene;
  if (!trusts || live.followsProxy || live.isElsewhere) return [];
  const isSome = ways.some(({ addresses }) => addresses.some(({ text }) => trusts(text)));
  return ways.flatMap((way) => {
    // Of a shared network stack, either loopback address may be the one that is used.
    if (way.via === 'self' && way.addresses.some(({ text }) => trusts(text))) return [];
    return way.addresses
      .slice(0, way.via === 'self' ? 1 : undefined)
      .flatMap(({ text, isStatic }): Finding[] => {
        if (text === undefined || trusts(text)) return [];
        return [
          {
            severity: 'medium',
            code: 'proxy-not-listed',
            subject: text,
            why: `is the proxy on ${way.network.name}${isSome ? ' too' : ''}, and ${scene.app.name} does not trust it: ${isSome ? 'requests that come from there are' : 'everybody is'} refused`,
            instead: adviceFor(way, isStatic, isSome, scene),
          },
        ];
      });
  });
}

function adviceFor(way: Way, isStatic: boolean, isSome: boolean, scene: Scene): string {
  const { kept, variable, proxy } = scene;
  if (isSome && !kept.includes(way))
    return networkAdvice(proxy !== undefined && isTraefik(proxy), kept);
  const texts = kept.flatMap(({ addresses }) => addresses.flatMap(({ text }) => text ?? []));
  return isStatic ? `set ${variable}=${texts.join(',')}` : 'make it static and list it, as below';
}

/** How to have one way only. */
export function networkAdvice(isTraefiks: boolean, kept: readonly Way[]): string {
  const [name = 'the network'] = kept.map(({ network }) => network.dockerName ?? network.name);
  return isTraefiks
    ? `share one network only, or give the application the label traefik.docker.network=${name}`
    : 'share one network only';
}
