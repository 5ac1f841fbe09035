import type { Planted, Vantage } from '../cases/case.js';
import type { ReceiverReport, ReportLine } from '../read-report.js';
import type { Level } from '../settings.js';
import { type Control, isTrusted } from './control.js';
import { type Judgement, leak, safe, unknown } from './verdict.js';
import { isSignIn, listed } from './words.js';

/** Judges what the receiver says has arrived. */
export function judgeReport(
  vantage: Vantage,
  planted: readonly Planted[],
  report: ReceiverReport,
  control: Control,
  isElsewhere = false,
): Judgement {
  const judgement =
    judgeBelieved(planted, report) ??
    (vantage === 'direct'
      ? judgeDirect(report)
      : judgeFront(planted, report, control, isElsewhere));
  const { kind, reason } = report.decision;
  return { ...judgement, decision: { kind, ...(reason !== undefined && { reason }) } };
}

function judgeBelieved(
  planted: readonly Planted[],
  { believed }: ReceiverReport,
): Judgement | undefined {
  const sent = new Map(planted.map(({ canary, header }) => [canary, header]));
  const mine = believed.filter(({ canary }) => sent.has(canary));
  if (mine.length === 0) return undefined;
  const headers = mine.map(({ canary }) => sent.get(canary) ?? '');
  return leak(
    'error',
    `believed: the client chooses its own ${listed(mine.map(({ part }) => part))}`,
    headers,
  );
}

/** Past the proxy nothing of a claim may even be read. */
function judgeDirect({ decision }: ReceiverReport): Judgement {
  const { kind, reason = kind } = decision;
  if (!isTrusted(decision)) {
    return safe(kind === 'refused' ? `refused (${reason})` : 'ignored, as from a stranger');
  }
  // The address is trusted, and it is the secret or the certificate that refuses.
  if (reason.startsWith('proof-') || reason.startsWith('assertion-')) {
    return safe(`refused (${reason}), though this machine’s address is trusted`);
  }
  return leak(
    'error',
    `this machine’s address is among the trusted proxies (${reason}): whatever it sends is believed`,
    [],
  );
}

function judgeFront(
  planted: readonly Planted[],
  report: ReceiverReport,
  control: Control,
  isElsewhere: boolean,
): Judgement {
  const kinds = new Map(planted.map(({ canary, kind }) => [canary, kind]));
  const arrived = report.lines.filter(({ canary = '' }) => kinds.has(canary));
  const inTrailers = report.trailers.filter(({ canary = '' }) => kinds.has(canary));
  const names = arrived.map(({ name }) => name);
  const own = arrived.filter(({ canary = '' }) => kinds.get(canary) === 'own');
  if (own.length > 0) return judgeOwn(own, names, report);
  if (arrived.length > 0) {
    const users = arrived.filter(({ canary = '' }) => kinds.get(canary) === 'other-user');
    return judgeOthers(users, arrived, report);
  }
  const tokens = report.lines
    .flatMap((line) => line.tokens)
    .filter((token) => isOwn(token, report));
  if (tokens.length > 0 && planted.length === 0) {
    return leak(
      'warning',
      `Connection arrived with ${listed(tokens)} in it${refusal(report)}; another hop would delete them`,
      ['Connection'],
    );
  }
  const gone = planted.length === 0 ? vanished(control, report) : [];
  if (gone.length > 0) {
    return leak('warning', `the client made the proxy’s own ${listed(gone)} disappear`, [
      'Connection',
    ]);
  }
  const claims = planted.some(({ kind }) => kind === 'own');
  const changed = claims && !isElsewhere ? added(control, report) : [];
  if (changed.length > 0) {
    return unknown(
      `${listed(changed)} came, which a plain request has not, with another value than was sent: does something on the way change it?`,
    );
  }
  if (inTrailers.length > 0) {
    return leak(
      'note',
      `arrived as ${listed(inTrailers.map(({ name }) => name))} in the trailers, which are no headers`,
      inTrailers.map(({ name }) => name),
    );
  }
  const { exchange } = control;
  if (control.report === undefined && exchange.kind === 'answer' && isSignIn(exchange)) {
    return leak(
      'warning',
      `reached the application, where a plain request is asked to sign in (${exchange.status})`,
      [],
    );
  }
  const { kind, reason } = report.decision;
  return safe(
    kind === 'refused' ? `did not arrive; refused (${reason ?? kind})` : 'did not arrive',
  );
}

function judgeOwn(
  own: readonly ReportLine[],
  names: readonly string[],
  report: ReceiverReport,
): Judgement {
  const clean = own.filter(({ name }) => isOwn(name, report) && isOnly(name, report));
  const level: Level = clean.length > 0 && isHeldUpOtherwise(report) ? 'error' : 'warning';
  const where = `arrived as ${listed(own.map(({ name }) => name))}`;
  return leak(
    level,
    level === 'error'
      ? `${where}; refused here for another reason (${whyOf(report)}), it would be believed otherwise`
      : `${where}${refusal(report)}; another application behind this proxy may believe it`,
    names,
  );
}

function judgeOthers(
  users: readonly ReportLine[],
  arrived: readonly ReportLine[],
  report: ReceiverReport,
): Judgement {
  const names = arrived.map(({ name }) => name);
  const isRead = arrived.some(({ name }) => isOwn(name, report));
  if (users.length > 0 || isRead) {
    return leak(
      'warning',
      `arrived as ${listed(names)}; an application that reads ${names.length > 1 ? 'one of them' : 'it'} would believe it`,
      names,
    );
  }
  return leak('note', `arrived as ${listed(names)}; nobody is named by that alone`, names);
}

/** Refused, but not for what the client sent in that header: with a user, or from a trusted peer, it would be read. */
function isHeldUpOtherwise({ decision: { kind, reason = '', trusted } }: ReceiverReport): boolean {
  if (kind === 'anonymous') return trusted === false;
  return /^(?:user-missing|header-missing|peer-|proof-|assertion-)/.test(reason);
}

function isOwn(name: string, { reads }: ReceiverReport): boolean {
  return reads.some((one) => one.toLowerCase() === name.toLowerCase());
}

function isOnly(name: string, { lines }: ReceiverReport): boolean {
  const lower = name.toLowerCase();
  return lines.filter((line) => line.name.toLowerCase() === lower).length === 1;
}

/** Headers that the proxy sends by itself, and did not this time. */
function vanished({ report: before }: Control, now: ReceiverReport): readonly string[] {
  const namesIn = ({ lines }: ReceiverReport): string[] =>
    lines.filter(({ name }) => isOwn(name, now)).map(({ name }) => name.toLowerCase());
  const there = new Set(namesIn(now));
  return before ? namesIn(before).filter((name) => !there.has(name)) : [];
}

/** Headers of somebody’s that came now, and by themselves do not come, or fewer times. */
function added({ report: before }: Control, now: ReceiverReport): readonly string[] {
  if (before === undefined) return [];
  const timesIn = ({ lines }: ReceiverReport, lower: string): number =>
    lines.filter(({ name }) => name.toLowerCase() === lower).length;
  return now.lines
    .map(({ name }) => name)
    .filter((name) => isOwn(name, now))
    .filter((name) => timesIn(now, name.toLowerCase()) > timesIn(before, name.toLowerCase()));
}

function whyOf({ decision: { kind, reason } }: ReceiverReport): string {
  return reason ?? (kind === 'anonymous' ? 'the peer is not trusted' : kind);
}

function refusal({ decision: { kind, reason } }: ReceiverReport): string {
  if (kind === 'refused') return `; refused here (${reason ?? 'refused'})`;
  return '; not read here';
}
