import { once } from 'node:events';
import type { Server } from 'node:http';
import { expectEqual } from '../../run/mismatch.js';
import { createLoginSetup } from '../application.js';
import type { LoginCase, LoginStep } from '../login-case.js';
import type { LoginTarget } from '../login-target.js';
import { type Answer, type Browser, openBrowser } from './browser.js';

/** Runs one case against a target, on a server of its own, and rejects with what was expected and what came. */
export async function runLoginCase(loginCase: LoginCase, target: LoginTarget): Promise<void> {
  const server = await target.createServer(createLoginSetup(loginCase.options));
  const browsers = new Map<string, Browser>();
  try {
    const port = await listen(server);
    await runSteps(loginCase, target, (name) => {
      const browser = browsers.get(name) ?? openBrowser(port);
      browsers.set(name, browser);
      return browser;
    });
  } finally {
    for (const browser of browsers.values()) browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function runSteps(
  { steps }: LoginCase,
  target: LoginTarget,
  browserOf: (name: string) => Browser,
): Promise<void> {
  const copied = new Map<string, string>();
  for (const [i, each] of steps.entries()) {
    const atOnce = 'send' in each ? [each] : each;
    await Promise.all(
      atOnce.map(async (step) => {
        const browser = browserOf(step.browser ?? 'laptop');
        if (step.pastes !== undefined) browser.paste(cookiesNamed(step.pastes, copied));
        const answer = await browser.visit(step);
        checkAnswer(`step ${i + 1}, ${step.send} as ${step.as ?? 'nobody'}`, step, target, answer);
        if (step.copies !== undefined) copied.set(step.copies, browser.copy());
      }),
    );
  }
}

/** A copy without a cookie in it would show nothing. */
function cookiesNamed(name: string, copied: ReadonlyMap<string, string>): string {
  const cookies = copied.get(name);
  if (!cookies) throw new Error(`no cookie has been copied as ${name}`);
  return cookies;
}

function checkAnswer(
  what: string,
  step: LoginStep,
  { stateless = false }: LoginTarget,
  { status, body, isReused }: Answer,
): void {
  const expected = (stateless && step.stateless) || step.expect;
  const answer: unknown = parseJson(body);
  if ('code' in expected) {
    const code = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'code');
    expectEqual(what, { status, code }, expected);
  } else {
    expectEqual(what, { status, answer }, { status: 200, answer: expected });
  }
  if (step.sameConnection) expectEqual(`${what}: over the connection of before`, isReused, true);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
