import { describe, expect, it } from '@jest/globals';
import { autheliaConfiguration, autheliaUsers } from '../src/portal/authelia-files.js';

describe('the files for Authelia itself', () => {
  it('are its configuration, with the rule of the stand-in and nothing outside of its folder', () => {
    expect(JSON.parse(autheliaConfiguration('/folder'))).toMatchObject({
      server: { address: 'tcp://127.0.0.1:9091/', buffers: { read: 16384, write: 16384 } },
      authentication_backend: { file: { path: '/folder/users.yml' } },
      access_control: {
        default_policy: 'one_factor',
        rules: [{ domain: 'app.localhost', policy: 'bypass', resources: ['^/public([/?].*)?$'] }],
      },
      session: {
        cookies: [{ domain: 'app.localhost', default_redirection_url: 'https://app.localhost' }],
      },
      storage: { local: { path: '/folder/db.sqlite3' } },
      notifier: { filesystem: { filename: '/folder/notifications.txt' } },
      ntp: { disable_startup_check: true },
    });
  });

  it('are its users, with a hash that it reads, and a name of one space for who has none', () => {
    const password =
      '$scrypt$ln=4,r=8,p=1$bm90IHNlY3JldA$naAzRouCPLVZUWd8YT5zU9Ma9TcS04T/0k1MMMdbaEc';
    const { long, short, ...users } = JSON.parse(autheliaUsers()).users;
    expect({ users }).toEqual({
      users: {
        john: {
          password,
          displayname: 'John Doe',
          groups: ['admin', 'dev'],
          email: 'john@example.com',
        },
        ann: {
          password,
          displayname: 'Änne Jürgens',
          groups: ['dev', 'Team Blau'],
          email: 'ann@example.com',
        },
        bare: { password, displayname: ' ', groups: [] },
      },
    });
    expect(long.groups).toHaveLength(300);
    expect(long.groups[299]).toBe('APP-Contoso-Dept-Role-299-rw');
    expect(short.groups).toHaveLength(600);
    expect(short.groups[7]).toBe('team-007');
  });
});
