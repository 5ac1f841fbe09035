import { cliError } from '../cli-error.js';
import { titleOf } from './case-titles.js';
import { type CheckedSettings, checkSettings } from './check-settings.js';
import { guessProxy } from './guess-proxy.js';
import { type HeadersRead, headersRead, namesIn } from './identity-names.js';
import { type Control, controlFrom, describeControl, judgeControl } from './judge/control.js';
import { judge, type Twin } from './judge/judge.js';
import { stopsOf } from './judge/stops.js';
import type { Judgement } from './judge/verdict.js';
import { LEFT_OUT } from './judge/words.js';
import { marker } from './mark.js';
import { pacer } from './pace.js';
import { controlOf, planTrials, type Spot, spotsOf, type Trial } from './plan.js';
import { isUnreachable, judgeUnreachable, refuseUnreachable } from './reach.js';
import { withoutSecrets } from './secrets.js';
import type { ProbeOutcome, ProbePlace, ProbeResult, ProbeSettings } from './settings.js';
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
  const spots = spotsOf(checked);
  for (const spot of spots) {
    if (!client.hasLeft()) break;
    controls.set(spot, await askControl(checked, client, spot));
  }
  const met = [...controls.values()].flatMap(({ report }) => report ?? []);
  // Several applications may be behind one name, each on its path; who did not answer is taken for the first that did.
  const readAt = (spot: Spot): HeadersRead =>
    headersRead((controls.get(spot)?.report ?? met[0])?.reads, checked);
  // Those that the bound on requests has kept from being asked at all are among what is left out.
  const reachable = spots.filter((spot) => !isUnreachable(controls.get(spot)));
  const trials = planTrials(checked, reachable, readAt);
  const outcomes = [...controls].flatMap(([spot, control]) => controlOutcomes(spot, control));
  if (trials.length === 0) refuseUntried(checked, outcomes);
  const leftOut: Trial[] = [];
  const twins = new Map<Spot, Twin>();
  const stops = stopsOf<Spot>();
  const shut = new Set<Spot>();
  for (const trial of trials) {
    const control = controls.get(trial.spot);
    const needed = stops.spots().length + countOf(trial.request);
    if (!client.hasLeft(needed) || control === undefined) {
      leftOut.push(trial);
      continue;
    }
    const first = await client.send(trial.spot, trial.request);
    // Who limits how often one may ask refuses some of the requests, whatever is in them.
    const isOdd = control.report !== undefined && mayBeLimit(first.came) && !shut.has(trial.spot);
    const { came, mark } =
      isOdd && client.hasLeft(needed) ? await client.sendLater(trial.spot, trial.request) : first;
    const judgement = judge(trial, came, control, twins.get(trial.spot), mark);
    if (isPlain(trial) && came.kind === 'answer')
      twins.set(trial.spot, { answer: came, judgement });
    // Nor later: that is no limit, and not asked about for each case.
    if (judgement.decision) shut.delete(trial.spot);
    else if (isOdd) shut.add(trial.spot);
    stops.note(trial.spot, judgement, outcomes.length);
    outcomes.push(outcomeOf(trial, judgement));
  }
  for (const spot of stops.spots()) {
    if (await isStillMet(checked, client, spot)) continue;
    for (const i of stops.at(spot)) {
      const outcome = outcomes[i];
      if (outcome) outcomes[i] = { ...outcome, ...stops.doubted(outcome.says) };
    }
  }
  const result: ProbeResult = {
    url: checked.front.target.url,
    direct: checked.direct?.target.url,
    receiver: checked.token === undefined ? 'not-asked' : met.length > 0 ? 'met' : 'not-met',
    adapter: met[0]?.adapter,
    reads: [...new Set(spots.map(readAt).flatMap(namesIn))],
    proxy: client.proxy(),
    places: spots.map((spot) => placeOf(spot, controls.get(spot))),
    outcomes,
    leftOut: leftOut.map(({ probeCase: { id }, spot: { vantage, path } }) => ({
      id,
      vantage,
      path,
    })),
    requests: client.requests(),
  };
  return withoutSecrets(result, checked.hide);
}

/** Sends within the bounds. */
function clientOf({ maxRequests, requestsPerSecond, timeoutMs }: CheckedSettings) {
  const wait = pacer(requestsPerSecond);
  const marked = marker();
  let requests = 0;
  let proxy: ReturnType<typeof guessProxy>;
  return {
    /** Not before a second's worth of requests could have been sent. */
    async sendLater(spot: Spot, request: WireRequest): Promise<Sent> {
      for (let i = 0; i < requestsPerSecond; i++) await wait();
      return send(spot, request);
    },
    send,
    hasLeft: (needed = 1) => requests + needed <= maxRequests,
    requests: () => requests,
    proxy: () => proxy,
  };

  async function send({ place, vantage }: Spot, request: WireRequest): Promise<Sent> {
    for (let i = countOf(request); i > 0; i--) {
      requests += 1;
      await wait();
    }
    const { mark, ...written } = marked(request);
    const came = await exchange(place, written, timeoutMs);
    if (came.kind === 'answer' && vantage === 'front') proxy ??= guessProxy(came);
    return { came, mark };
  }
}

/** Who names cases of which none can be tried must not read that all is well. */
function refuseUntried({ cases }: CheckedSettings, outcomes: readonly ProbeOutcome[]): void {
  const ids = [...new Set(cases.map(({ id }) => id))];
  // That there is no way past the proxy is an outcome of a case as well.
  if (ids.length === 0 || outcomes.some(({ id }) => ids.includes(id))) return;
  throw cliError(
    `--case: ${ids.join(', ')} cannot be tried here; TH-P-H2 needs https, TH-P-DIRECT needs --direct, others an application that reads such headers`,
  );
}

function mayBeLimit(came: Exchange): boolean {
  return came.kind === 'closed' || (came.kind === 'answer' && LIMITS.includes(came.status));
}

/** Answers by which a proxy limits how often one may ask, beside others that it gives by them. */
const LIMITS: readonly number[] = [403, 429, 503];

/** As many requests are sent. */
function countOf({ before }: WireRequest): number {
  return before ? 2 : 1;
}

/** What came of a request, and by which mark a report about it is known. */
interface Sent {
  readonly came: Exchange;
  readonly mark: string;
}

type Client = ReturnType<typeof clientOf>;

async function askControl(checked: CheckedSettings, client: Client, spot: Spot): Promise<Control> {
  const request = controlOf(checked, spot);
  const { came, mark } = await client.send(spot, request);
  refuseUnreachable(spot, came);
  const control = controlFrom(came, mark);
  const isSilent = control.report !== undefined || came.kind !== 'answer' || !client.hasLeft();
  return isSilent ? control : controlFrom(came, mark, (await client.send(spot, request)).came);
}

/** Whether a plain request gets to the receiver as it did at first: not where the proxy has shut the probe out meanwhile. */
async function isStillMet(checked: CheckedSettings, client: Client, spot: Spot): Promise<boolean> {
  if (!client.hasLeft()) return false;
  const { came, mark } = await client.send(spot, controlOf(checked, spot));
  return controlFrom(came, mark).report !== undefined;
}

function placeOf({ vantage, path }: Spot, control: Control | undefined): ProbePlace {
  const says = control ? describeControl(control) : LEFT_OUT;
  return { vantage, path, met: control?.report !== undefined, says };
}

function isPlain({ probeCase: { id } }: Trial): boolean {
  return id === 'TH-P-PLAIN' || id === 'TH-P-DIRECT';
}

function controlOutcomes(spot: Spot, control: Control): readonly ProbeOutcome[] {
  const { vantage, path } = spot;
  if (control.exchange.kind === 'unreachable') {
    const judgement = judgeUnreachable(control.exchange.code);
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
