import type { Finding } from './finding.js';
import type { Scene } from './scene.js';

/** Only the machine itself connects to these. */
const LOCAL = /^(?:127\.|\[?::1\]?:)/;

/** Clients of a published port arrive from the gateway, or from wherever they are: never from the proxy. */
export function judgePorts({ proxy, app, ways }: Scene, list: readonly Finding[]): Finding[] {
  const isOnMachine = proxy?.mode?.kind === 'host' && ways.some(({ via }) => via === 'gateway');
  const isGatewayTrusted =
    isOnMachine ||
    list.some(
      ({ severity, code }) =>
        code === 'gateway-trusted' || (code === 'gateway' && severity === 'high'),
    );
  if (app.mode?.kind === 'host') return [];
  return app.ports
    .filter((port) => !(isOnMachine && LOCAL.test(port)))
    .map((port) => ({
      severity: isGatewayTrusted ? 'high' : 'medium',
      code: 'port-published',
      subject: port,
      why: `is a published port of ${app.name}: whoever connects to it goes round the proxy, and may arrive from the gateway`,
      instead: isOnMachine
        ? `publish it to the machine alone: ${localOnly(port)}`
        : 'publish the proxy’s ports only',
    }));
}

function localOnly(port: string): string {
  const target = port.replace(/^(?:\[.*\]|[\d.]+\.[\d.]+):/, '');
  return `127.0.0.1:${target.includes(':') ? target : `${target}:${target}`}`;
}
