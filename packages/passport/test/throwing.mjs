// One application in a process of its own, whose callback throws whenever it is called without a user.
import { trustedHeader } from '@trusted-header/express';
import { TrustedHeaderStrategy } from '@trusted-header/passport';
import express from 'express';
import passport from 'passport';

passport.use(new TrustedHeaderStrategy(({ user }, done) => done(null, { name: user })));
const app = express();
app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', log: false }));
app.use((req, res, next) => {
  const answer = (error, user) => {
    if (error) throw error;
    res.json([user.name.length]);
  };
  passport.authenticate('trusted-header', { session: false }, answer)(req, res, next);
});
const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('disconnect', () => process.exit(0));
