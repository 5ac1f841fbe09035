import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { type OnRefusal, requireIdentity, signIn, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const ALICE = { 'Remote-User': 'alice' };
const PROBLEM =
  '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}';

const servers: Server[] = [];
let told: jest.Spied<typeof console.error>;
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

async function visit(
  app: Express,
  headers: Record<string, string> = {},
  path = '/',
  method = 'GET',
) {
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const [answer] = await once(
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end(),
    'response',
  );
  return `${answer.statusCode} ${answer.headers.location ?? (await text(answer))}`;
}

/** An application with handlers that nobody is to reach, and an error handler that shows what it gets. */
function appWith(onRefusal: OnRefusal, reached: string[] = []): Express {
  const app = express().set('env', 'test');
  app.use(trustedHeader({ ...options, onRefusal }));
  app.use((req, _res, next) => {
    reached.push(req.path);
    next();
  });
  app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (_, res) => {
    res.send('admin');
  });
  app.use((_, res) => {
    res.send('reached');
  });
  const showError: ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(error.status).json({ error });
  };
  return app.use(showError);
}

describe('onRefusal', () => {
  it('hands a refusal to the error handlers by `next(refusal)`, with the problem on it', async () => {
    const app = appWith((refusal, _req, _res, next) => next(refusal));
    expect(await visit(app)).toBe(
      '401 {"error":{"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required","kind":"anonymous"}}',
    );
    expect(await visit(app, ALICE, '/admin')).toBe(
      '403 {"error":{"type":"about:blank","title":"Forbidden","status":403,"code":"group-missing","kind":"denied"}}',
    );
  });

  it('is not asked for clients of WebSockets, which read no page', async () => {
    const app = appWith((_refusal, _req, res) => res.send('a page'));
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket' };
    expect(await visit(app, upgrade)).toBe(PROBLEM);
    expect(await visit(app)).toBe('200 a page');
  });

  it('gets the status from Express itself where the application has no error handler', async () => {
    const app = express().set('env', 'test');
    app.use(trustedHeader({ ...options, onRefusal: (refusal, _req, _res, next) => next(refusal) }));
    expect(await visit(app)).toMatch(
      /^401 [\s\S]*RefusalError: Unauthorized: authentication-required/,
    );
  });

  it('redirects', async () => {
    const app = appWith((_refusal, req, res) => res.redirect(`/sign-in?from=${req.path}`));
    expect(await visit(app, {}, '/notes')).toBe('302 /sign-in?from=/notes');
  });

  it('answers later, as templates do', async () => {
    const app = appWith((refusal, _req, res) => {
      setTimeout(() => res.status(refusal.status).send('a page'), 20);
    });
    expect(await visit(app)).toBe('401 a page');
  });

  it.each([[undefined], [null], [0], [''], ['route'], ['router']])(
    'lets nobody through by `next(%p)`',
    async (given) => {
      const reached: string[] = [];
      const onRefusal: OnRefusal = (_refusal, _req, _res, next) => {
        Reflect.apply(next, undefined, [given]);
      };
      expect(await visit(appWith(onRefusal, reached))).toBe(PROBLEM);
      expect(reached).toEqual([]);
    },
  );

  it('lets nobody through by `next()` after `next(refusal)`, nor before', async () => {
    const reached: string[] = [];
    const after = appWith((refusal, _req, _res, next) => {
      next(refusal);
      next();
    }, reached);
    expect(await visit(after)).toContain('401 {"error":');
    const before = appWith((refusal, _req, _res, next) => {
      next();
      next(refusal);
    }, reached);
    expect(await visit(before)).toBe(PROBLEM);
    expect(reached).toEqual([]);
  });

  it('asks no error handler once the problem is out', async () => {
    const app = express().set('env', 'test');
    const onRefusal: OnRefusal = (refusal, _req, _res, next) => {
      next();
      next(refusal);
    };
    app.use(trustedHeader({ ...options, onRefusal }));
    const asked: unknown[] = [];
    app.use(((error, _req, _res, _next) => asked.push(error)) satisfies ErrorRequestHandler);
    expect(await visit(app)).toBe(PROBLEM);
    expect(asked).toEqual([]);
  });

  it.each<[string, OnRefusal]>([
    [
      'throws',
      () => {
        throw new Error('the template is broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the template is broken'))],
  ])('sends the problem where it %s, and tells the operator why', async (_, onRefusal) => {
    expect(await visit(appWith(onRefusal))).toBe(PROBLEM);
    expect(told.mock.calls).toEqual([
      ['trusted-header: onRefusal failed:', new Error('the template is broken')],
    ]);
  });

  it('leaves an answer as it is where it fails behind it', async () => {
    const app = appWith((_refusal, _req, res) => {
      res.status(401).send('a page');
      throw new Error('too late');
    });
    expect(await visit(app)).toBe('401 a page');
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('is not ended by an answer that comes after the problem', async () => {
    const late: string[] = [];
    const app = appWith((_refusal, _req, res, next) => {
      setTimeout(() => {
        res.status(200).set('X-Late', 'yes').send('too late');
        late.push('sent');
      }, 20);
      next();
    });
    expect(await visit(app)).toBe(PROBLEM);
    await wait(50);
    expect(late).toEqual(['sent']);
  });

  it('answers who has no user in the application', async () => {
    const app = express().set('env', 'test');
    app.use(
      trustedHeader({
        ...options,
        onRefusal: ({ status, code }, _req, res) => res.status(status).send(`no: ${code}`),
      }),
    );
    app.use(signIn({ find: () => null, log: false }));
    app.use((_, res) => {
      res.send('reached');
    });
    expect(await visit(app, ALICE)).toBe('403 no: user-unknown');
  });

  it('is that of the last trustedHeader that has one', async () => {
    const answer =
      (name: string): OnRefusal =>
      ({ status }, _req, res) =>
        res.status(status).send(name);
    const app = express().set('env', 'test');
    app.use(trustedHeader({ ...options, anonymous: 'allow', onRefusal: answer('outer') }));
    app.use('/inner', trustedHeader({ ...options, onRefusal: answer('inner') }));
    app.use('/plain', trustedHeader(options));
    expect(await visit(app, {}, '/inner')).toBe('401 inner');
    expect(await visit(app, {}, '/plain')).toBe('401 outer');
  });

  it('finds what was decided: what is refused of somebody is refused, and nobody is nobody', async () => {
    const decisions: unknown[] = [];
    const onRefusal: OnRefusal = ({ status }, { decision, identity }, res) => {
      decisions.push([decision?.kind, decision && Reflect.get(decision, 'reason'), identity]);
      res.sendStatus(status);
    };
    await visit(appWith(onRefusal));
    await visit(appWith(onRefusal), { ...ALICE, Remote_User: 'bob' });
    const strict = express().use(trustedHeader({ ...options, onRefusal, sameOrigin: 'unsafe' }));
    await visit(strict, { ...ALICE, 'Sec-Fetch-Site': 'cross-site' }, '/', 'POST');
    expect(decisions).toEqual([
      ['anonymous', undefined, undefined],
      ['refused', 'header-ambiguous', undefined],
      ['refused', 'cross-origin', undefined],
    ]);
  });

  it('a portal that is not asked for is no fault', async () => {
    const app = express().use(
      trustedHeader({ ...options, signIn: { portal: 'https://auth.example.com' } }),
    );
    expect(await visit(app, { ...ALICE, Remote_User: 'bob' })).toContain('header-ambiguous');
    expect(told).not.toHaveBeenCalled();
  });

  it('is a function', () => {
    const wrong = { ...options, onRefusal: '/sign-in' };
    expect(() => Reflect.apply(trustedHeader, undefined, [wrong])).toThrow(ConfigError);
    expect(() => Reflect.apply(trustedHeader, undefined, [wrong])).toThrow(
      'onRefusal: "/sign-in" is not a function; write (refusal, …) => …, or leave it out',
    );
  });
});
