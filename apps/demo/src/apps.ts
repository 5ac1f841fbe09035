/** One example app that the demo starts. */
export interface DemoApp {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /**
   * What to run, as a file URL. Takes `HOST`, `PORT`, `TRUSTED_PROXIES`, `PORTAL_URL` and `APP_URL` from its
   * environment.
   */
  readonly program: string;
  /** It runs the app in a process of its own, where nothing can be loaded in front of it: it has no metrics. */
  readonly hasOwnProcess?: true;
}

/** Every example app. A new one is one row here, and one dependency. */
export const apps: readonly DemoApp[] = [
  { name: 'hono', title: 'Hono', program: import.meta.resolve('@trusted-header/app-hono/main') },
  { name: 'koa', title: 'Koa', program: import.meta.resolve('@trusted-header/app-koa/main') },
  {
    name: 'nestjs',
    title: 'NestJS',
    program: import.meta.resolve('@trusted-header/app-nestjs/main'),
  },
  {
    name: 'nextjs',
    title: 'Next.js',
    program: import.meta.resolve('@trusted-header/app-nextjs/main'),
    hasOwnProcess: true,
  },
];
