import { trustedHeader } from '@trusted-header/express';
import { asUser } from '@trusted-header/testing';
import express from 'express';
import request from 'supertest';

// Your own application, which you would import.
const app = express();
app.use(trustedHeader({ trustedProxies: '172.20.0.2' }));
app.get('/api/me', (req, res) => res.json(req.identity));

describe('the application', () => {
  it('knows who is asking', async () => {
    const alice = asUser({ user: 'alice', groups: [] }, { peer: '172.20.0.2' });
    await request(app).get('/api/me').set(alice.headers).expect(200, { user: 'alice', groups: [] });
  });

  it('answers nobody with 401', async () => {
    await request(app).get('/api/me').expect(401);
  });
});
