// One application in a process of its own, whose callback throws whenever it is called without a user.
import { trustedHeader } from '@trusted-header/express';
import { TrustedHeaderStrategy } from '@trusted-header/passport';
import express from 'express';
import expressSession from 'express-session';
import passport from 'passport';

passport.use(new TrustedHeaderStrategy(({ user }, done) => done(null, { name: user })));
passport.serializeUser((user, done) => done(null, user));
const app = express();
app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', log: false }));
const secret = 'a secret of these tests';
app.use('/log-in', expressSession({ secret, resave: false, saveUninitialized: false }));
app.get('/log-in', (req, res, next) => {
  const answer = (_error, user) => {
    req.logIn(user, () => {
      throw new RangeError('of the application');
    });
  };
  passport.authenticate('trusted-header', answer)(req, res, next);
});
/** A store that keeps nothing of whoever is signed in. */
class Full extends expressSession.MemoryStore {
  set(id, data, done) {
    if (data.trustedHeader) done(new Error('the store is full'));
    else super.set(id, data, done);
  }
}
app.use(
  '/unwatched',
  expressSession({ secret, resave: false, saveUninitialized: false, store: new Full() }),
);
app.get('/unwatched', (req, res, next) => {
  const answer = (_error, user) => {
    req.logIn(user);
    setTimeout(() => res.json(req.user ?? null), 50);
  };
  passport.authenticate('trusted-header', answer)(req, res, next);
});
app.use((req, res, next) => {
  const answer = (error, user) => {
    if (error) throw error;
    res.json([user.name.length]);
  };
  passport.authenticate('trusted-header', { session: false }, answer)(req, res, next);
});
const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('disconnect', () => process.exit(0));
