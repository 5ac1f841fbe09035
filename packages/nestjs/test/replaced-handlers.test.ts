import { afterEach, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AllowAnonymous, RequireGroups, TrustedHeaderModule } from '../src/index.js';
import { JOHN, listen, visit } from './start.js';

const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

/** A decorator that puts another function in the place of a method, under its name or another one. */
function wrap(name?: string) {
  return (_target: object, method: string, descriptor: PropertyDescriptor): void => {
    const { value } = descriptor;
    const wrapped = (...args: unknown[]) => Reflect.apply(value, undefined, args);
    descriptor.value = Object.defineProperty(wrapped, 'name', { value: name ?? method });
  };
}

class Base {
  @Get('inherited')
  @RequireGroups('admin')
  inherited() {
    return 'inherited';
  }
}

@Controller()
class Routes extends Base {
  @Get('plain')
  @RequireGroups('admin')
  plain() {
    return 'plain';
  }

  @Get('named')
  @wrap()
  @RequireGroups('admin')
  named() {
    return 'named';
  }

  @Get('marked')
  @RequireGroups('admin')
  @wrap('traced')
  marked() {
    return 'marked';
  }

  @Get('open')
  @AllowAnonymous()
  @wrap('traced')
  open() {
    return 'open';
  }

  @Get('covered')
  @wrap('traced')
  @AllowAnonymous()
  covered() {
    return 'covered';
  }

  @Get('hidden')
  @wrap('traced')
  @RequireGroups('admin')
  hidden() {
    return 'hidden';
  }

  @Get('closed')
  @wrap('traced')
  closed() {
    return 'closed';
  }
}

const ADMIN = { 'Remote-User': 'ann', 'Remote-Groups': 'admin' };

/** As tools do that trace an application which runs: Nest calls the handlers that it has found at start. */
function replaceMethods(...prototypes: readonly object[]): void {
  for (const prototype of prototypes) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name !== 'constructor')
        Object.defineProperty(prototype, name, { value: () => 'replaced' });
    }
  }
}

it('rules hold where other functions stand in the place of the methods once the application runs', async () => {
  const imports = [TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false })];
  @Module({ imports, controllers: [Routes] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
  apps.push(app);
  const port = await listen(app);
  // What decorators have said of a method is known by its name, whatever function stands there.
  expect((await visit(port, '/covered')).body).toBe('covered');
  expect((await visit(port, '/hidden', { headers: JOHN })).status).toBe(403);
  expect((await visit(port, '/hidden', { headers: ADMIN })).body).toBe('hidden');
  replaceMethods(Routes.prototype, Base.prototype);
  for (const name of ['plain', 'named', 'marked', 'inherited']) {
    expect((await visit(port, `/${name}`, { headers: JOHN })).status).toBe(403);
    expect((await visit(port, `/${name}`, { headers: ADMIN })).body).toBe(name);
  }
  expect((await visit(port, '/open')).body).toBe('open');
  expect((await visit(port, '/closed')).status).toBe(401);
  expect((await visit(port, '/closed', { headers: JOHN })).body).toBe('closed');
});
