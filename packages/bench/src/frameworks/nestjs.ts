import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Req,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TrustedHeaderModule } from '@trusted-header/nestjs';
import { type HandMadeUser, isProxy, readUser } from './by-hand.js';
import { OPTIONS } from './login.js';
import type { MakeServer, Middle } from './middles.js';

export const makeNestjs: MakeServer = async (middle) => {
  const app = await NestFactory.create(moduleWith(middle), { logger: false });
  await app.init();
  return app.getHttpServer();
};

@Injectable()
class NoOpGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Injectable()
class HandMadeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<IncomingMessage & { user?: HandMadeUser }>();
    const { headers, socket } = request;
    const user = isProxy(socket.remoteAddress) && readUser((name) => text(headers[name]));
    if (!user) throw new ForbiddenException();
    request.user = user;
    return true;
  }
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function moduleWith(middle: Middle): Type {
  class HelloController {
    hello(_request: unknown): object {
      return { hello: 'world' };
    }
  }
  Controller()(HelloController);
  const descriptor = Object.getOwnPropertyDescriptor(HelloController.prototype, 'hello');
  if (!descriptor) throw new Error('the controller has no handler');
  Get()(HelloController.prototype, 'hello', descriptor);
  Req()(HelloController.prototype, 'hello', 0);
  if (middle === 'no-op') UseGuards(NoOpGuard)(HelloController);
  if (middle === 'by hand') UseGuards(HandMadeGuard)(HelloController);

  class HelloModule {}
  const imports = middle === 'ours' ? [TrustedHeaderModule.forRoot(OPTIONS)] : [];
  Module({ imports, controllers: [HelloController] })(HelloModule);
  return HelloModule;
}
