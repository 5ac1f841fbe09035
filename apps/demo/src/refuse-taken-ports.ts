import type { DemoApp } from './apps.js';
import { demoError } from './demo-error.js';
import { hold, type PortPlan } from './plan-ports.js';

/** Throws if something listens on a planned port. Names every such port, what it is for, and the way out. */
export async function refuseTakenPorts(plan: PortPlan, apps: readonly DemoApp[]): Promise<void> {
  const purposes = [
    { port: plan.portal, purpose: 'the portal' },
    ...apps.flatMap(({ title, hasOwnProcess }, i) => [
      { port: plan.apps[i]?.gateway ?? 0, purpose: `the gateway of the ${title} app` },
      { port: plan.apps[i]?.app ?? 0, purpose: `the ${title} app` },
      ...(hasOwnProcess
        ? []
        : [{ port: plan.apps[i]?.metrics ?? 0, purpose: `the metrics of the ${title} app` }]),
    ]),
  ];
  const faults = await Promise.all(purposes.map(({ port }) => faultOf(port)));
  const lines = purposes.flatMap(({ port, purpose }, i) =>
    faults[i] === undefined ? [] : [`  ${port}, for ${purpose}: ${faults[i]}`],
  );
  if (lines.length === 0) return;
  throw demoError(
    [
      'The demo cannot listen on these ports:',
      ...lines,
      'Stop what listens there, or move the whole demo: pnpm demo --port-base 20000',
    ].join('\n'),
  );
}

async function faultOf(port: number): Promise<string | undefined> {
  try {
    await (await hold(port)).release();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EADDRINUSE' ? 'taken' : String(code ?? error);
  }
}
