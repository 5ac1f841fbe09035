import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  CurrentIdentity,
  type Identity,
  RequireGroups,
  TrustedHeaderModule,
} from '@trusted-header/nestjs';
import { asUser } from '@trusted-header/testing';
import request from 'supertest';

// Your own application, which you would import.
@Controller()
class AdminController {
  @Get('admin')
  @RequireGroups('admin')
  hello(@CurrentIdentity() identity: Identity) {
    return `Hello ${identity.user}`;
  }
}

@Module({
  imports: [TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1' })],
  controllers: [AdminController],
})
class AppModule {}

let app: INestApplication;
beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = await testing.createNestApplication().init();
});
afterAll(() => app.close());

it('is for admins', async () => {
  const admin = asUser({ user: 'jürgen', groups: ['admin'] });
  const answer = await request(app.getHttpServer()).get('/admin').set(admin.headers);
  expect(answer.text).toBe('Hello jürgen');

  const user = asUser({ user: 'bob', groups: ['dev'] });
  await request(app.getHttpServer()).get('/admin').set(user.headers).expect(403);
  await request(app.getHttpServer()).get('/admin').expect(401);
});

it('believes the proxy only', async () => {
  const forged = asUser({ user: 'jürgen', groups: ['admin'] }, { peer: '203.0.113.9' });
  await request(app.getHttpServer()).get('/admin').set(forged.headers).expect(403);
});
