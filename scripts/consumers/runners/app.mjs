// The application that every test runner loads, and its tests: each framework asked as its people do, with the proxy's headers and
// without. In TypeScript that is JavaScript as well, so that the runners without a compiler load it as it is.

const options = `{ trustedProxies: '127.0.0.1', log: false }`;

export const APP = `
import * as forExpress from '@trusted-header/express';
import * as forFastify from '@trusted-header/fastify';
import * as forHono from '@trusted-header/hono';
import * as forKoa from '@trusted-header/koa';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

export const inExpress = express();
inExpress.use(forExpress.trustedHeader(${options}));
inExpress.get('/', (req, res) => void res.send(req.identity?.user));

export const inKoa = new Koa();
inKoa.use(forKoa.trustedHeader(${options}));
inKoa.use((ctx) => { ctx.body = ctx.state.identity?.user; });

export const inFastify = Fastify();
inFastify.register(forFastify.trustedHeader, ${options});
inFastify.get('/', { preHandler: forFastify.requireIdentity() }, async (request) => request.identity?.user);

export const inHono = new Hono();
inHono.use(forHono.trustedHeader(${options}));
inHono.get('/', (c) => c.text(c.var.identity?.user ?? ''));
`;

export const TEST = `
import assert from 'node:assert/strict';
import { asUser } from '@trusted-header/testing';
import request from 'supertest';
import { inExpress, inFastify, inHono, inKoa } from './app.js';

const CAN_INJECT = process.env.CANNOT_INJECT === undefined;
const alice = asUser({ user: 'alice' });
const stranger = asUser({ user: 'alice' }, { peer: '127.0.0.2' });

describe('the application', () => {
  it('is asked in Express', async () => {
    await request(inExpress).get('/').set('Remote-User', 'alice').expect(200, 'alice');
    await request(inExpress).get('/').set(alice.headers).expect(200, 'alice');
    await request(inExpress).get('/').set(stranger.headers).expect(403);
    await request(inExpress).get('/').expect(401);
  });
  it('is asked in Koa', async () => {
    await request(inKoa.callback()).get('/').set('Remote-User', 'alice').expect(200, 'alice');
    await request(inKoa.callback()).get('/').set(stranger.headers).expect(403);
    await request(inKoa.callback()).get('/').expect(401);
  });
  it('is asked in Fastify', async () => {
    await inFastify.ready();
    await request(inFastify.server).get('/').set('Remote-User', 'alice').expect(200, 'alice');
    await request(inFastify.server).get('/').set(stranger.headers).expect(403);
    await request(inFastify.server).get('/').expect(401);
    if (CAN_INJECT) {
      const known = await inFastify.inject({ url: '/', ...alice });
      assert.deepEqual([known.statusCode, known.body], [200, 'alice']);
      assert.equal((await inFastify.inject({ url: '/', ...stranger })).statusCode, 403);
      assert.equal((await inFastify.inject({ url: '/' })).statusCode, 401);
    }
    await inFastify.close();
  });
  it('is asked in Hono', async () => {
    const known = await inHono.request('/', alice);
    assert.deepEqual([known.status, await known.text()], [200, 'alice']);
    assert.equal((await inHono.request('/', stranger)).status, 403);
    assert.equal((await inHono.request('/')).status, 401);
  });
});
`;

/** For the runners that compile decorators. */
export const NEST_TEST = `
import 'reflect-metadata';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Identity } from '@trusted-header/core';
import { CurrentIdentity, RequireGroups, TrustedHeaderModule } from '@trusted-header/nestjs';
import { asUser } from '@trusted-header/testing';
import request from 'supertest';

@Controller()
class Home {
  @Get()
  home(@CurrentIdentity() identity: Identity) { return identity.user; }
  @Get('admin')
  @RequireGroups('ops')
  admin() { return 'welcome'; }
}
@Module({ imports: [TrustedHeaderModule.forRoot(${options})], controllers: [Home] })
class AppModule {}

describe('the application in Nest', () => {
  let app: INestApplication;
  beforeAll(async () => {
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = testing.createNestApplication();
    await app.init();
  });
  afterAll(() => app.close());

  it('is asked', async () => {
    const server = app.getHttpServer();
    await request(server).get('/').set('Remote-User', 'alice').expect(200, 'alice');
    await request(server).get('/').set(asUser({ user: 'alice' }, { peer: '127.0.0.2' }).headers).expect(403);
    await request(server).get('/').expect(401);
    await request(server).get('/admin').set('Remote-User', 'alice').expect(403);
    await request(server).get('/admin').set(asUser({ user: 'alice', groups: ['ops'] }).headers).expect(200, 'welcome');
  });
});
`;
