import { cliError } from '../cli-error.js';
import { titleOf } from './case-titles.js';
import { type CheckedSettings, checkSettings } from './check-settings.js';
import { guessProxy } from './guess-proxy.js';
import { namesFrom } from './identity-names.js';
import { type Control, controlFrom, describeControl, judgeControl } from './judge/control.js';
import { judge, type Twin } from './judge/judge.js';
import { type Judgement, safe } from './judge/verdict.js';
import { pacer } from './pace.js';
import { controlOf, planTrials, type Spot, spotsOf, type Trial } from './plan.js';
import type { ProbeOutcome, ProbeResult, ProbeSettings } from './settings.js';
import { type Exchange, exchange } from './wire/exchange.js';
import type { WireRequest } from './wire/wire-request.js';

/**
 * Asks an application, through its proxy and past it, with names that nobody is called, and says which of them arrive.
 *
 * Sends to the hosts given and to no other, follows no redirect, signs nobody in, and creates nobody: where the receiver
 * answers, the application behind it sees nothing. Without the receiver nothing is called safe.
 *
 * @throws An `Error` named `CliError` where a setting cannot be used, or the proxy cannot be reached.
 */
export async function runProbe(settings: ProbeSettings): Promise<ProbeResult> {
  const checked = checkSettings(settings);
  const client = clientOf(checked);
  const controls = new Map<Spot, Control>();
  for (const spot of spotsOf(checked)) {
    if (!client.hasLeft()) break;
    controls.set(spot, await askControl(checked, client, spot));
  }
  const met = [...controls.values()].flatMap(({ report }) => report ?? []);
  const names = namesFrom(met[0]?.reads ?? []) ?? checked.names;
  const reachable = [...controls].filter(([, control]) => !isUnreachable(control));
  const trials = planTrials(
    checked,
    reachable.map(([spot]) => spot),
    names,
  );
  const outcomes = [...controls].flatMap(([spot, control]) => controlOutcomes(spot, control));
  const leftOut: Trial[] = [];
  const twins = new Map<Spot, Twin>();
  for (const trial of trials) {
    const control = controls.get(trial.spot);
    if (!client.hasLeft() || control === undefined) {
      leftOut.push(trial);
      continue;
    }
    const came = await client.send(trial.spot, trial.request);
    const judgement = judge(trial, came, control, twins.get(trial.spot));
    if (isPlain(trial) && came.kind === 'answer')
      twins.set(trial.spot, { answer: came, judgement });
    outcomes.push(outcomeOf(trial, judgement));
  }
  return {
    url: checked.front.target.url,
    direct: checked.direct?.target.url,
    receiver: checked.token === undefined ? 'not-asked' : met.length > 0 ? 'met' : 'not-met',
    adapter: met[0]?.adapter,
    reads: Object.values(names),
    proxy: client.proxy(),
    places: [...controls].map(([{ vantage, path }, control]) => ({
      vantage,
      path,
      met: control.report !== undefined,
      says: describeControl(control),
    })),
    outcomes,
    leftOut: leftOut.map(({ probeCase: { id }, spot: { vantage, path } }) => ({
      id,
      vantage,
      path,
    })),
    requests: client.requests(),
  };
}

/** Sends within the bounds, and takes every secret out of what comes back. */
function clientOf({ maxRequests, requestsPerSecond, timeoutMs, hide }: CheckedSettings) {
  const wait = pacer(requestsPerSecond);
  let requests = 0;
  let proxy: ReturnType<typeof guessProxy>;
  return {
    hasLeft: () => requests < maxRequests,
    requests: () => requests,
    proxy: () => proxy,
    async send({ place, vantage }: Spot, request: WireRequest): Promise<Exchange> {
      requests += 1;
      await wait();
      const came = await exchange(place, request, timeoutMs);
      if (came.kind !== 'answer') return came;
      if (vantage === 'front') proxy ??= guessProxy(came);
      return {
        ...came,
        body: hide(came.body),
        headers: came.headers.map(([name, value]) => [name, hide(value)] as const),
      };
    },
  };
}

type Client = ReturnType<typeof clientOf>;

async function askControl(checked: CheckedSettings, client: Client, spot: Spot): Promise<Control> {
  const request = controlOf(checked, spot);
  const came = await client.send(spot, request);
  refuseUnreachable(spot, came);
  const control = controlFrom(came);
  const isSilent = control.report !== undefined || came.kind !== 'answer' || !client.hasLeft();
  return isSilent ? control : controlFrom(came, await client.send(spot, request));
}

/** Through the proxy there must be a way; past it, it is best that there is none. */
function refuseUnreachable({ vantage, place: { target } }: Spot, came: Exchange): void {
  const option = vantage === 'front' ? 'url' : '--direct';
  if (came.kind === 'tls') {
    throw cliError(
      `${option}: ${target.url} shows no certificate to believe (${came.code}); name its authority with --ca <file>, or take --insecure on a network of your own`,
    );
  }
  if (came.kind !== 'unreachable') return;
  if (vantage === 'direct' && came.code !== 'ENOTFOUND' && came.code !== 'EADDRNOTAVAIL') return;
  throw cliError(
    `${option}: ${target.url} cannot be reached (${came.code}); is it the right address, and is it up?`,
  );
}

function isUnreachable({ exchange: { kind } }: Control): boolean {
  return kind === 'unreachable';
}

function isPlain({ probeCase: { id } }: Trial): boolean {
  return id === 'TH-P-PLAIN' || id === 'TH-P-DIRECT';
}

function controlOutcomes(spot: Spot, control: Control): readonly ProbeOutcome[] {
  const { vantage, path } = spot;
  if (control.exchange.kind === 'unreachable') {
    const { code } = control.exchange;
    const judgement = safe(`no connection past the proxy (${code})`);
    return [{ ...titleOf('TH-P-DIRECT'), vantage, path, ...judgement }];
  }
  return judgeControl(spot, control).map(({ id, judgement }) => ({
    ...titleOf(id),
    vantage,
    path,
    ...judgement,
  }));
}

function outcomeOf(
  { probeCase: { id, title, rule }, spot: { vantage, path } }: Trial,
  judgement: Judgement,
): ProbeOutcome {
  return { id, title, rule, vantage, path, ...judgement };
}
