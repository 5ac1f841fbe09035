import { execFile } from 'node:child_process';
import type { Server } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  type ClientProxy,
  ClientProxyFactory,
  MessagePattern,
  Transport,
} from '@nestjs/microservices';
import type { Identity } from '@trusted-header/core';
import { lastValueFrom } from 'rxjs';
import { AllowAnonymous, CurrentIdentity, TrustedHeaderModule } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const closers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of closers.splice(0)) await each.close();
});

describe('a GraphQL resolver', () => {
  it('knows who is asking', async () => {
    const program = new URL('./graphql-app.mjs', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    expect(JSON.parse(stdout)).toMatchObject({
      me: { data: { me: 'john' } },
      openForNobody: { data: { open: 'nobody' } },
      meForNobody: {
        data: { me: null },
        errors: [{ message: 'Unauthorized: authentication-required' }],
      },
      secret: { data: { secret: null }, errors: [{ message: 'Forbidden: group-missing' }] },
      stranger: { status: 403, code: 'peer-untrusted' },
    });
    // It starts a process, which takes its time where others do so as well.
  }, 30_000);
});

describe('a microservice', () => {
  @Controller()
  class SumController {
    @MessagePattern('closed')
    closed() {
      return 'closed';
    }

    @MessagePattern('open')
    @AllowAnonymous()
    open(@CurrentIdentity() identity: Identity | undefined) {
      return identity?.user ?? 'nobody';
    }
  }

  @Module({
    imports: [TrustedHeaderModule.forRoot({ ...options, anonymous: 'allow' })],
    controllers: [SumController],
  })
  class AppModule {}

  it('is denied, in words, unless its handler allows it', async () => {
    const app = await NestFactory.createMicroservice(AppModule, {
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: 0 },
      logger: false,
    });
    closers.push(app);
    await app.listen();
    const port = portOf(app.unwrap<Server>());
    const client: ClientProxy = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port },
    });
    closers.push(client);
    expect(await lastValueFrom(client.send('open', {}))).toBe('nobody');
    await expect(lastValueFrom(client.send('closed', {}))).rejects.toMatchObject({
      message: expect.stringContaining('SumController.closed was called by rpc'),
    });
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
