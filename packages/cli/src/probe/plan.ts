import { canaryMaker } from './canary.js';
import type { Planted, ProbeCase, Vantage } from './cases/case.js';
import type { CheckedSettings } from './check-settings.js';
import type { HeadersRead } from './identity-names.js';
import type { Place } from './wire/open-connection.js';
import { composeRequest, type WireRequest } from './wire/wire-request.js';

/** One path from one side. */
export interface Spot {
  readonly vantage: Vantage;
  readonly path: string;
  readonly place: Place;
}

/** A request of a case, and the names in it. */
export interface Trial {
  readonly spot: Spot;
  readonly probeCase: ProbeCase;
  readonly request: WireRequest;
  readonly planted: readonly Planted[];
}

/** Every path from every side: through the proxy first. */
export function spotsOf({ front, direct, paths }: CheckedSettings): readonly Spot[] {
  const spotsAt = (vantage: Vantage, place: Place): Spot[] =>
    paths.map((path) => ({ vantage, path, place }));
  return [...spotsAt('front', front), ...(direct ? spotsAt('direct', direct) : [])];
}

/** A request that claims nothing, which the others are compared with. */
export function controlOf(settings: CheckedSettings, { vantage, path }: Spot): WireRequest {
  return composeRequest(
    { target: path, lines: [] },
    settings.front.target.authority,
    credentialsFor(settings, vantage),
  );
}

/** All requests, the most important first, so that a bound on their number cuts the last. */
export function planTrials(
  settings: CheckedSettings,
  spots: readonly Spot[],
  readAt: (spot: Spot) => HeadersRead,
  nonce?: string,
): readonly Trial[] {
  const canary = canaryMaker(nonce);
  return ([1, 2, 3] as const).flatMap((tier) =>
    spots.flatMap((spot) =>
      settings.cases
        .filter((one) => one.tier === tier && (one.vantage ?? spot.vantage) === spot.vantage)
        .flatMap((probeCase) => trialOf(settings, spot, readAt(spot), probeCase, canary)),
    ),
  );
}

function trialOf(
  settings: CheckedSettings,
  spot: Spot,
  { names, others }: HeadersRead,
  probeCase: ProbeCase,
  canary: (tag: string) => string,
): Trial[] {
  const { front, secretHeader } = settings;
  const planted: Planted[] = [];
  const slug = slugOf(probeCase, spot.vantage);
  const plant = (header: string, kind: Planted['kind'], tag = header): string => {
    const full = `${slug}-${tag}`;
    // A long one is numbered: two of them must not become one where they are cut.
    const value = canary(full.length <= 40 ? full : `${slug}-${planted.length}`);
    planted.push({ canary: value, header, kind });
    return value;
  };
  // The host is the proxy's in both cases: an application may be one of several on its port.
  const target = spot.vantage === 'front' ? front.target : spot.place.target;
  const { path, vantage } = spot;
  const attempt = probeCase.attempt({ target, path, names, others, secretHeader, plant });
  if (attempt === undefined) return [];
  const { authority } = front.target;
  const credentials = credentialsFor(settings, vantage);
  const request = composeRequest(
    { ...attempt, target: attempt.target ?? path },
    authority,
    credentials,
  );
  const plain = { target: path, lines: ['Connection: keep-alive'] };
  const before = attempt.isSecond ? composeRequest(plain, authority, credentials) : undefined;
  return [{ spot, probeCase, request: { ...request, before }, planted }];
}

/**
 * The part of a name that says which case it is for.
 *
 * Of HEAD it is as long as that of the same claim by GET: reports about them are then as long as each other, and the length is all
 * that an answer to HEAD has.
 */
function slugOf({ id }: ProbeCase, vantage: Vantage): string {
  const slug = id.slice('TH-P-'.length).replace('FAMILY-', '');
  const twin = vantage === 'front' ? 'PLAIN' : 'DIRECT';
  return slug === 'HEAD' ? slug.padEnd(twin.length, '0') : slug;
}

/** The session is the proxy's: it does not go past it. */
function credentialsFor({ token, cookie }: CheckedSettings, vantage: Vantage) {
  return { token, cookie: vantage === 'front' ? cookie : undefined };
}
