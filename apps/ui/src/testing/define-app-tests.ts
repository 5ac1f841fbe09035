import type { AppSettings } from '../view/app-settings.js';
import { defineLiveTests } from './define-live-tests.js';
import { defineLoginTests } from './define-login-tests.js';
import { definePageTests } from './define-page-tests.js';
import { defineStartTests } from './define-start-tests.js';

/** What is needed of a test framework: jest, Vitest and `node:test` (its `after` is `afterAll`) have it. */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, run: () => Promise<void>) => unknown;
  readonly afterAll: (run: () => Promise<void>) => unknown;
}

/** An app that listens. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** One example app. */
export interface AppTarget {
  readonly framework: string;
  /** Whether the page of who is there has a WebSocket. */
  readonly sockets: boolean;
  /** Makes it listen, on a free port of 127.0.0.1. */
  serve(
    settings: AppSettings,
    /** Where users and sessions are: `DATABASE_URL` … */
    environment: Readonly<Record<string, string>>,
  ): Promise<Served>;
  /** Its built `main.js`. */
  readonly main: URL;
}

/** Defines the tests that every example app passes: what it shows to whom, and how it starts. */
export function defineAppTests(target: AppTarget, framework: TestFramework): void {
  framework.describe(`the ${target.framework} app`, () => {
    definePageTests(target, framework);
    defineLoginTests(target, framework);
    if (target.sockets) defineLiveTests(target, framework);
    defineStartTests(target, framework);
  });
}
