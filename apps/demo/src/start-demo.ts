import { fileURLToPath } from 'node:url';
import { startDev } from '@trusted-header/dev';
import type { DemoApp } from './apps.js';
import { demoError } from './demo-error.js';
import type { PortPlan } from './plan-ports.js';
import { type RunningProcess, startProcess } from './start-process.js';
import { users } from './users.js';
import { waitUntilReady } from './wait-until-ready.js';

const SERVE_METRICS = new URL('./serve-metrics.js', import.meta.url).href;

/** What to start. */
export interface DemoSettings {
  readonly apps: readonly DemoApp[];
  readonly ports: PortPlan;
  /** What the apps believe: 127.0.0.1, from where the gateways connect. */
  readonly trustedProxies: string;
  /** Gets every line that an app or a gateway has to say. */
  readonly onLine: (title: string, line: string) => void;
}

/** An app that runs. */
export interface RunningApp extends DemoApp {
  /** Its gateway: where people open it. */
  readonly url: string;
  /** The app itself, past the gateway: where forgeries go. */
  readonly directUrl: string;
  /** Its decisions, counted, for Prometheus. */
  readonly metricsUrl: string | undefined;
}

/** Portal, gateways and apps, all of which answer. */
export interface Demo {
  readonly portalUrl: string;
  readonly apps: readonly RunningApp[];
  /** Says which app ended by itself, if one does. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts portal, gateways and apps, and waits until all of them answer. Throws if one ends or takes too long, and then
 * leaves nothing running.
 */
export async function startDemo(settings: DemoSettings): Promise<Demo> {
  const dev = await startDev({
    users,
    portalPort: settings.ports.portal,
    log: (line) => settings.onLine('Gateway', line),
    upstreams: settings.apps.map(({ name }, i) => ({
      name,
      target: `http://127.0.0.1:${settings.ports.apps[i]?.app}`,
      port: settings.ports.apps[i]?.gateway ?? 0,
      bypass: ['/public', '/healthz'],
    })),
  });
  const apps = settings.apps.map((app, i) => ({
    ...app,
    url: dev.gateways[i]?.url ?? '',
    directUrl: dev.gateways[i]?.target ?? '',
    metricsUrl: app.hasOwnProcess
      ? undefined
      : `http://127.0.0.1:${settings.ports.apps[i]?.metrics}/metrics`,
  }));
  const processes = apps.map((app) => startApp(app, dev.portalUrl, settings));
  const ended = Promise.race(
    processes.map(async (running, i) => `The ${apps[i]?.title} app ${await running.ended}`),
  );

  try {
    await allReady(dev.portalUrl, apps, ended);
  } catch (error) {
    await close();
    throw error;
  }
  return { portalUrl: dev.portalUrl, apps, ended, close };

  async function close(): Promise<void> {
    await Promise.all([dev.close(), ...processes.map((running) => running.stop())]);
  }
}

function startApp(app: RunningApp, portalUrl: string, settings: DemoSettings): RunningProcess {
  const { hostname, port } = new URL(app.directUrl);
  return startProcess(
    fileURLToPath(app.program),
    {
      HOST: hostname,
      PORT: port,
      TRUSTED_PROXIES: settings.trustedProxies,
      PORTAL_URL: portalUrl,
      APP_URL: app.url,
      ...(app.metricsUrl !== undefined && { METRICS_PORT: new URL(app.metricsUrl).port }),
    },
    (line) => settings.onLine(app.title, line),
    app.metricsUrl === undefined ? [] : [SERVE_METRICS],
  );
}

async function allReady(
  portalUrl: string,
  apps: readonly RunningApp[],
  ended: Promise<string>,
): Promise<void> {
  const giveUp = new AbortController();
  try {
    await Promise.race([
      Promise.all([
        waitUntilReady('The portal', portalUrl, giveUp.signal),
        ...apps.flatMap(({ title, url, directUrl }) => [
          waitUntilReady(`The gateway of the ${title} app`, url, giveUp.signal),
          waitUntilReady(`The ${title} app`, directUrl, giveUp.signal),
        ]),
      ]),
      ended.then((how) => {
        throw demoError(how);
      }),
    ]);
  } finally {
    giveUp.abort();
  }
}
