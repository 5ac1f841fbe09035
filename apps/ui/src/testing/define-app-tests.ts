import type { Server } from 'node:http';
import type { AppSettings } from '../view/app-settings.js';
import { definePageTests } from './define-page-tests.js';
import { defineStartTests } from './define-start-tests.js';

/** What is needed of a test framework: jest, Vitest and `node:test` (its `after` is `afterAll`) have it. */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, run: () => Promise<void>) => unknown;
  readonly afterAll: (run: () => Promise<void>) => unknown;
}

/** One example app. */
export interface AppTarget {
  readonly framework: string;
  /** Makes a server that does not listen yet. */
  createServer(settings: AppSettings): Server | Promise<Server>;
  /** Its built `main.js`. */
  readonly main: URL;
}

/** Defines the tests that every example app passes: what it shows to whom, and how it starts. */
export function defineAppTests(target: AppTarget, framework: TestFramework): void {
  framework.describe(`the ${target.framework} app`, () => {
    definePageTests(target, framework);
    defineStartTests(target, framework);
  });
}
