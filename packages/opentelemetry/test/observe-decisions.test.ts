import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { compileGuard, createAuthenticator, type RequestFacts } from '@trusted-header/core';
import fc from 'fast-check';
import { type ObserveOptions, observeDecisions } from '../src/index.js';

const PROXY = '172.20.0.2';
const JOHN = { peer: PROXY, rawHeaders: ['Remote-User', 'john', 'Remote-Groups', 'staff'] };
const FORGED = { peer: '172.20.0.9', rawHeaders: ['Remote-User', 'mallory'] };
const NOBODY = { peer: PROXY, rawHeaders: [] };
const KEY = '0123456789abcdef0123456789abcdef';

const spans = new InMemorySpanExporter();
const tracer = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(spans)],
}).getTracer('test');

let counts: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;
let provider: MeterProvider;

beforeEach(() => {
  counts = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({ exporter: counts, exportIntervalMillis: 60_000 });
  provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterEach(async () => {
  await provider.shutdown();
  metrics.disable();
  context.disable();
  spans.reset();
});

/** Decides requests as an application does that has a span for each, and denies whoever is no admin. */
function decide(options: ObserveOptions | undefined, ...requests: readonly RequestFacts[]): void {
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: false,
    onDecision: observeDecisions(options),
  });
  const admins = compileGuard({ groups: { anyOf: ['admin'] } });
  for (const facts of requests) {
    const span = tracer.startSpan('GET /admin');
    context.with(trace.setSpan(context.active(), span), () => void admins(authenticate(facts)));
    span.end();
  }
}

/** What the counter has, by its attributes. */
async function counted() {
  await reader.forceFlush();
  const exported = counts.getMetrics().at(-1)?.scopeMetrics ?? [];
  return exported.flatMap(({ scope, metrics: each }) =>
    each.map(({ descriptor: { name, unit }, dataPoints }) => ({
      scope: scope.name,
      name,
      unit,
      points: dataPoints.map(({ attributes, value }) => ({ ...attributes, value })),
    })),
  );
}

function spanAttributes() {
  return spans.getFinishedSpans().map(({ attributes }) => attributes);
}

describe('observeDecisions (O1)', () => {
  it('counts decisions by kind, reason and profile, and what a policy denies beside them', async () => {
    decide(undefined, JOHN, JOHN, FORGED, NOBODY);
    expect(await counted()).toEqual([
      {
        scope: '@trusted-header/opentelemetry',
        name: 'trusted_header.decision',
        unit: '{decision}',
        points: [
          {
            'trusted_header.decision': 'authenticated',
            'trusted_header.profile': 'authelia',
            value: 2,
          },
          { 'trusted_header.decision': 'denied', 'error.type': 'group-missing', value: 2 },
          { 'trusted_header.decision': 'refused', 'error.type': 'peer-untrusted', value: 1 },
          { 'trusted_header.decision': 'anonymous', value: 1 },
        ],
      },
    ]);
  });

  it('takes a meter of the application’s own', async () => {
    decide({ meter: provider.getMeter('the application') }, JOHN);
    expect((await counted()).map(({ scope }) => scope)).toEqual(['the application']);
  });

  it('puts the decision on the active span, and nothing of the user', () => {
    decide({}, FORGED, NOBODY);
    decide({ user: 'none' }, JOHN);
    expect(spanAttributes()).toEqual([
      {
        'trusted_header.decision': 'refused',
        'error.type': 'peer-untrusted',
        'network.peer.address': '172.20.0.9',
      },
      { 'trusted_header.decision': 'anonymous' },
      {
        'trusted_header.decision': 'denied',
        'error.type': 'group-missing',
        'trusted_header.profile': 'authelia',
      },
    ]);
  });

  it('names an authenticated user where it is asked to, by id or by a keyed hash', () => {
    decide({ user: 'id' }, JOHN, FORGED);
    decide({ user: 'hash', hashKey: KEY }, JOHN, FORGED);
    expect(spanAttributes().map((each) => [each['user.id'], each['user.hash']])).toEqual([
      ['john', undefined],
      [undefined, undefined],
      [undefined, 'cab15cc60ab0faa6240d11c65f090524eaff659bdf03628d1dd7b9c6a7cbf3f2'],
      [undefined, undefined],
    ]);
  });

  it('leaves spans alone where it is asked to, and does without one', () => {
    decide({ spans: false }, JOHN);
    expect(spanAttributes()).toEqual([{}]);
    observeDecisions()({
      decision: { kind: 'anonymous', trusted: true },
      warnings: [],
      time: 0,
    });
  });

  it('counts no login twice, and takes nothing else that is published on its channel', async () => {
    const observe = observeDecisions();
    const decision = { kind: 'anonymous', trusted: true } as const;
    observe({ decision, warnings: [], time: 0, login: 'ended' });
    for (const other of [undefined, null, 'decision', {}, { decision: null }]) observe(other);
    expect(await counted()).toEqual([]);
  });

  it.each<[why: string, options: object, message: RegExp]>([
    ['a key that is short', { user: 'hash', hashKey: 'short' }, /hashKey/],
    ['no key', { user: 'hash' }, /hashKey/],
    ['a user that is no way', { user: 'name' }, /user/],
  ])('refuses %s at start, and prints no key', (_, options, message) => {
    const refuse = () => Reflect.apply(observeDecisions, undefined, [options]);
    expect(refuse).toThrow(message);
    expect(refuse).not.toThrow(/"short"|short,/);
  });

  it('lets no byte of a claim that is not believed into a span or a count', async () => {
    const value = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `${text}zqxjkv`);
    const name = fc.constantFrom('Remote-User', 'Remote-Groups', 'Remote_User', 'Connection');
    const lines = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(lines, (claim) => {
        decide({ user: 'id' }, { peer: '172.20.0.9', rawHeaders: claim.flat() });
        decide({ user: 'id' }, { peer: PROXY, rawHeaders: ['Remote-User', 'a', ...claim.flat()] });
      }),
    );
    const told = spanAttributes().filter((each) => each['user.id'] === undefined);
    expect(told.length).toBeGreaterThan(100);
    expect(JSON.stringify([told, await counted()])).not.toMatch(/zqxjkv/);
  });

  it('is trusted_header_decision_total to Prometheus', async () => {
    const exporter = new PrometheusExporter({ preventServerStart: true });
    const scraped = new MeterProvider({ readers: [exporter] });
    decide({ meter: scraped.getMeter('app') }, JOHN, FORGED);
    const server = createServer((req, res) => exporter.getMetricsRequestHandler(req, res));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    server.close();
    await scraped.shutdown();
    const lines = page.split('\n').filter((line) => line.includes('trusted_header_decision_total'));
    expect(lines).toEqual([
      '# HELP trusted_header_decision_total Decisions about who is asking, and denials of policies',
      '# UNIT trusted_header_decision_total {decision}',
      '# TYPE trusted_header_decision_total counter',
      'trusted_header_decision_total{trusted_header_decision="authenticated",trusted_header_profile="authelia",otel_scope_name="app"} 1',
      'trusted_header_decision_total{trusted_header_decision="denied",error_type="group-missing",otel_scope_name="app"} 1',
      'trusted_header_decision_total{trusted_header_decision="refused",error_type="peer-untrusted",otel_scope_name="app"} 1',
    ]);
  });
});
