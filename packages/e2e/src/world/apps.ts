import { ADDRESSES } from '../network/network.js';

/** An application, and how the proxy reaches it. */
export interface App {
  readonly name: 'hono' | 'koa' | 'nestjs' | 'nextjs' | 'echo';
  readonly program: string;
  /** What it listens on: `::` is dual-stack, so that IPv4 peers look like `::ffff:10.77.2.2`. */
  readonly host: '0.0.0.0' | '::';
  readonly port: number;
  /** The address of the application's machine that the proxy is told. */
  readonly reachedBy: 'ipv4' | 'ipv6';
}

/** Every application: between them they are reached by IPv4, by IPv6, and by IPv4 on a dual-stack socket. */
export const APPS: readonly App[] = [
  {
    name: 'hono',
    program: import.meta.resolve('@trusted-header/app-hono/main'),
    host: '0.0.0.0',
    port: 3001,
    reachedBy: 'ipv4',
  },
  {
    name: 'koa',
    program: import.meta.resolve('@trusted-header/app-koa/main'),
    host: '::',
    port: 3002,
    reachedBy: 'ipv6',
  },
  {
    name: 'nestjs',
    program: import.meta.resolve('@trusted-header/app-nestjs/main'),
    host: '::',
    port: 3003,
    reachedBy: 'ipv4',
  },
  {
    name: 'nextjs',
    program: import.meta.resolve('@trusted-header/app-nextjs/main'),
    host: '::',
    port: 3004,
    reachedBy: 'ipv4',
  },
  {
    name: 'echo',
    program: new URL('../../dist/echo/main.js', import.meta.url).href,
    host: '::',
    port: 3005,
    reachedBy: 'ipv6',
  },
];

export type AppName = App['name'];

/** As the proxy's configuration names it. */
export function urlOf({ port, reachedBy }: App): string {
  const { ipv4, ipv6 } = ADDRESSES.app.back;
  return reachedBy === 'ipv4' ? `http://${ipv4}:${port}` : `http://[${ipv6}]:${port}`;
}
