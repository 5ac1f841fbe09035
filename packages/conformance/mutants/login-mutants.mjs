const RECONCILE = 'login/src/session/reconcile-session.ts';
const SIGN_IN = 'login/src/sign-in/create-sign-in.ts';
const LOGIN = 'login/src/adapter/create-login.ts';
const KEYED = 'login/src/sessions/keyed-session.ts';
const BINDING = 'login/src/session/binding.ts';

/**
 * Known bugs of sessions that should follow the proxy: those that applications with header login have had, and those that a session
 * library invites to.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const loginMutants = [
  {
    id: 'login-session-always-wins',
    why: 'a valid session wins over the header (Open WebUI#14775, fredy#434)',
    file: RECONCILE,
    edits: [
      [
        '  return isSameBinding(stored.binding, bindIdentity(identity))\n',
        '  return stored.binding.user\n',
      ],
    ],
    caughtBy: 'switch-clears-data',
  },
  {
    id: 'login-believes-the-session',
    why: 'asks for the user of the session, not for whom the proxy names',
    file: SIGN_IN,
    edits: [
      [
        'const identity = named ?? identityOf(action.binding);',
        "const known = readBinding(bound);\n    const identity = known.kind === 'ours' ? identityOf(known.binding) : (named ?? identityOf(action.binding));",
      ],
    ],
    caughtBy: 'her-cookie-as-somebody-else',
  },
  {
    id: 'login-forgets-to-clear',
    why: 'writes the new user into the old session: the next person finds her things',
    file: KEYED,
    edits: [['      await renew(context);\n', '']],
    caughtBy: 'switch-clears-data',
  },
  {
    id: 'login-ends-by-unbinding',
    why: 'ends a session by forgetting whose it was, and keeps what was in it',
    file: KEYED,
    edits: [['    end: renew,', '    end: (context) => set(context, BINDING, undefined),']],
    caughtBy: 'end-clears-data',
  },
  {
    id: 'login-ignores-groups',
    why: 'compares the user only, as Django and Spring do',
    file: BINDING,
    edits: [[' && JSON.stringify(a.groups) === JSON.stringify(b.groups)', '']],
    caughtBy: 'other-groups-clear-data',
  },
  {
    id: 'login-groups-in-order',
    why: 'makes a session anew each time the directory gives the groups in another order',
    file: BINDING,
    edits: [['[...new Set(groups)].sort()', '[...new Set(groups)]']],
    caughtBy: 'groups-in-another-order-keep-data',
  },
  {
    id: 'login-never-ends',
    why: 'keeps the session where the proxy names nobody: a copied cookie works from anywhere',
    file: RECONCILE,
    edits: [["options.onMissing === 'keep' &&", "options.onMissing !== 'end' &&"]],
    caughtBy: 'her-cookie-as-nobody',
  },
  {
    id: 'login-ends-on-open-paths',
    why: 'a health check or a style sheet that the proxy bypasses signs people out',
    file: LOGIN,
    edits: [['const isOpen = open || isOpenPath(shape);', 'const isOpen = open;']],
    caughtBy: 'open-path-ends-nothing',
  },
  {
    id: 'login-asks-the-database-for-nobody',
    why: 'answers 503 on open paths while the database is down',
    file: SIGN_IN,
    edits: [
      [
        "return facts.open === true && !seen.isOver ? NOBODY : { kind: 'unavailable', error };",
        "return { kind: 'unavailable', error };",
      ],
    ],
    caughtBy: 'open-path-without-database',
  },
  {
    id: 'login-ignores-other-logins',
    why: 'signs the proxy’s user in over a password login, as Django’s RemoteUserMiddleware does',
    file: LOGIN,
    edits: [['...(otherLogin && { otherLogin: () => otherLogin(context) }),', '']],
    caughtBy: 'password-login-is-left-alone',
  },
  {
    id: 'login-takes-a-promise-for-an-answer',
    why: 'a session library that answers later is never another login',
    file: SIGN_IN,
    edits: [['? await facts.otherLogin() :', '? facts.otherLogin() :']],
    caughtBy: 'password-login-is-left-alone',
  },
  {
    id: 'login-ends-what-others-stored',
    why: 'takes the binding of another login for a broken one of ours',
    file: RECONCILE,
    edits: [
      [
        "  if (stored.kind === 'other') return NONE;\n",
        "  if (stored.kind === 'other') return identity ? replaceBy(identity, options) : END;\n",
      ],
    ],
    caughtBy: 'other-login-of-this-name-is-left-alone',
  },
  {
    id: 'login-ignores-the-hold',
    why: 'signs in again at the next load: "log out" does nothing (open-webui#14407)',
    file: RECONCILE,
    edits: [['  return isHeld(hold, user, now);', '  return isHeld(hold, user, now) && false;']],
    caughtBy: 'sign-out-holds',
  },
  {
    id: 'login-holds-everybody',
    why: 'whoever comes next at the browser of somebody who has signed out cannot sign in',
    file: 'login/src/session/hold.ts',
    edits: [['hold.user === user && now < hold.until', 'user !== undefined && now < hold.until']],
    caughtBy: 'hold-is-for-one-user',
  },
  {
    id: 'login-loses-the-hold',
    why: 'keeps the hold in a session that ends without it',
    file: SIGN_IN,
    edits: [['  if (isHold(hold)) await session.hold?.(hold);\n', '']],
    caughtBy: 'sign-out-holds-over-an-end',
  },
  {
    id: 'login-cannot-sign-in-again',
    why: 'the button "sign in" does nothing for a day',
    file: SIGN_IN,
    edits: [['again === true ? undefined : stored', 'again === undefined ? undefined : stored']],
    caughtBy: 'sign-in-again',
  },
  {
    id: 'login-403-for-a-database',
    why: 'tells people that they are unknown while the database is down',
    file: LOGIN,
    edits: [
      [
        "    case 'unavailable':\n      return UNAVAILABLE;",
        "    case 'unavailable':\n      return UNKNOWN_USER;",
      ],
    ],
    caughtBy: 'database-down',
  },
  {
    id: 'login-starts-before-it-asks',
    why: 'touches the session before the user is found: a database that is down signs people out',
    file: SIGN_IN,
    edits: [
      [
        '    const user = await (named ? users : keptUsers).resolve(identity, facts);\n',
        "    if (action.kind !== 'keep') await session.start(action.binding);\n    const user = await (named ? users : keptUsers).resolve(identity, facts);\n",
      ],
    ],
    caughtBy: 'database-down',
  },
  {
    id: 'login-leaves-the-session-of-the-one-before',
    why: 'denies an unknown user, and leaves them the session of whoever was there',
    file: SIGN_IN,
    edits: [["if (action.kind === 'start') return DENIED;", 'return DENIED;']],
    caughtBy: 'unknown-user-clears-data',
  },
  {
    id: 'login-believes-older-versions',
    why: 'takes what an older version has stored for its own',
    file: BINDING,
    edits: [["fields.get('v') !== 1", "fields.get('v') === 2"]],
    caughtBy: 'tampered-older-version',
  },
  {
    id: 'login-believes-more',
    why: 'takes a binding with properties that it never wrote',
    file: BINDING,
    edits: [['if (fields.size !== 4 || !isStable(groups))', 'if (!isStable(groups))']],
    caughtBy: 'tampered-more-than-we-write',
  },
  {
    id: 'login-roles-of-the-session',
    why: 'remembers the role of the first request',
    file: 'login/src/adapter/role-guard.ts',
    edits: [
      [
        'return highest !== undefined && names.indexOf(highest) <= rank;',
        'return highest !== undefined;',
      ],
    ],
    caughtBy: 'groups-give-the-role',
  },
  {
    id: 'express-session-without-rotation',
    why: 'clears the data and keeps the id: session fixation',
    file: 'login/src/sessions/express-session.ts',
    edits: [
      [
        'if (session) session.regenerate(done);',
        "if (session) {\n        for (const key of Object.keys(session)) if (key !== 'cookie') Reflect.deleteProperty(session, key);\n        done();\n      }",
      ],
    ],
    caughtBy: 'planted-session-is-not-hers',
  },
  {
    id: 'express-session-destroyed',
    why: 'destroys the session, and handlers find none',
    file: 'login/src/sessions/express-session.ts',
    edits: [['session.regenerate(done);', "Reflect.get(session, 'destroy').call(session, done);"]],
    caughtBy: 'first-request-signs-in',
  },
  {
    id: 'express-session-stays-destroyed',
    why: 'finds no session where the application has ended it, and signs out of nothing',
    file: 'login/src/sessions/express-session.ts',
    edits: [
      [' && had.get(request)) return undefined', ' && request === undefined) return undefined'],
    ],
    caughtBy: 'sign-out-of-an-ended-session',
  },
  {
    id: 'koa-session-regenerates-only',
    why: 'trusts `regenerate`, which keeps the data in koa-session: bob has alice’s cart',
    file: 'koa/src/koa-session.ts',
    edits: [
      ['    for (const key of Object.keys(session)) Reflect.deleteProperty(session, key);\n', ''],
    ],
    caughtBy: 'switch-clears-data',
  },
  {
    id: 'koa-session-set-to-null',
    why: 'sets ctx.session to null, which keeps the id',
    file: 'koa/src/koa-session.ts',
    edits: [['    await session.regenerate();\n', "    Reflect.set(ctx, 'session', null);\n"]],
    caughtBy: 'planted-session-is-not-hers',
  },
  {
    id: 'fastify-session-destroyed',
    why: 'destroys the session, and handlers find none',
    file: 'login/src/sessions/fastify-session.ts',
    under: 'fastify',
    edits: [
      ['await session.regenerate();', "await Reflect.get(session, 'destroy').call(session);"],
    ],
    caughtBy: 'first-request-signs-in',
  },
  {
    id: 'fastify-session-stays-destroyed',
    why: 'finds no session where the application has ended it, and signs out of nothing',
    file: 'login/src/sessions/fastify-session.ts',
    under: 'fastify',
    edits: [[' ?? lastSessions.get(request)', '']],
    caughtBy: 'sign-out-of-an-ended-session',
  },
  {
    id: 'fastify-secure-session-stays-deleted',
    why: 'writes the hold into a session whose cookie is over',
    file: 'login/src/sessions/fastify-session.ts',
    under: 'fastify',
    edits: [['    if (session.deleted) session.deleted = false;\n', '']],
    caughtBy: 'sign-out-of-an-ended-session',
  },
  {
    id: 'hono-sessions-rotates-only',
    why: 'trusts the rotation, which keeps the data in hono-sessions',
    file: 'hono/src/hono-sessions.ts',
    edits: [
      ['    session.setCache({ ...session.getCache(), _data: {}, _delete: false }, true);\n', ''],
    ],
    caughtBy: 'switch-clears-data',
  },
  {
    id: 'hono-sessions-stays-deleted',
    why: 'signs out of a session that is deleted at the end of the request, and the hold with it',
    file: 'hono/src/hono-sessions.ts',
    edits: [[', _delete: false }', ' }']],
    caughtBy: 'sign-out-of-an-ended-session',
  },
  {
    id: 'hono-sessions-without-rotation',
    why: 'clears the data and keeps the id: session fixation',
    file: 'hono/src/hono-sessions.ts',
    edits: [["    c.set('session_key_rotation', true);\n", '']],
    caughtBy: 'planted-session-is-not-hers',
  },
  {
    id: 'hono-session-reads-again',
    why: 'writes the new user and lets handlers read the old cookie once more',
    file: 'hono/src/hono-session.ts',
    edits: [['get: async () => current(),', 'get: () => session.get(),']],
    caughtBy: 'switch-clears-data',
  },
  {
    id: 'hono-session-without-rotation',
    why: 'leaves the old session in its storage, and with it its id',
    file: 'hono/src/hono-session.ts',
    edits: [['    await storageOf(c)?.delete(session.id);\n', '']],
    caughtBy: 'planted-session-is-not-hers',
  },
  {
    id: 'hono-session-merges',
    why: 'replaces the data, which without a storage adds to what the cookie held',
    file: 'hono/src/hono-session.ts',
    edits: [['await session.update({ ...blank, ...next });', 'await session.update({ ...next });']],
    caughtBy: 'switch-clears-data',
  },
].map((mutant) => ({ ...mutant, suite: 'login' }));
