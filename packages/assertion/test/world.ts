import type { Environment } from '../src/verifier/environment.js';
import { NOW } from './tokens.js';

/** What an address answers. */
export type Answer = () => Response | Promise<Response>;

/** A world in which time goes on when it is told to, and whose addresses answer what a test says. */
export interface World extends Environment {
  /** What was fetched. */
  readonly fetched: readonly string[];
  answer(url: string, answer: Answer): void;
  /** Lets time go on, in seconds. */
  pass(seconds: number): void;
}

export function makeWorld(): World {
  const answers = new Map<string, Answer>();
  const fetched: string[] = [];
  let passed = 0;
  return {
    fetched,
    timeoutMs: 1_000,
    now: () => NOW + passed,
    clock: () => passed * 1_000,
    pass: (seconds) => {
      passed += seconds;
    },
    answer: (url, answer) => {
      answers.set(url, answer);
    },
    fetch: async (url, init) => {
      fetched.push(url);
      const answer = answers.get(url) ?? (() => new Response('', { status: 404 }));
      return Promise.race([answer(), aborted(init.signal)]);
    },
  };
}

/** Rejects when the exchange is given up, as `fetch` does. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

/** A key set as an answer. */
export function keySet(...keys: readonly object[]): Answer {
  return () => Response.json({ keys });
}
