import { scryptSync } from 'node:crypto';
import { DOMAIN, ORIGIN, PORTAL_ORIGIN, PORTAL_PORT } from '../world/constants.js';
import { BYPASS_PREFIX, READ_BUFFER_BYTES } from './settings.js';
import { type ExpectedIdentity, PASSWORD, USERS } from './users.js';

/**
 * Writes Authelia's configuration (4.38 or later) with the users and the rules of the stand-in, and nothing that reaches
 * out of this machine. JSON is YAML.
 *
 * @param folder Where its database and its notifications go.
 */
export function autheliaConfiguration(folder: string): string {
  return JSON.stringify({
    server: {
      address: `tcp://127.0.0.1:${PORTAL_PORT}/`,
      buffers: { read: READ_BUFFER_BYTES, write: READ_BUFFER_BYTES },
    },
    log: { level: 'info' },
    authentication_backend: { file: { path: `${folder}/users.yml` } },
    access_control: {
      default_policy: 'one_factor',
      rules: [{ domain: DOMAIN, policy: 'bypass', resources: [`^${BYPASS_PREFIX}([/?].*)?$`] }],
    },
    session: {
      secret: 'not-secret-this-is-a-test-of-one-minute',
      cookies: [{ domain: DOMAIN, authelia_url: PORTAL_ORIGIN, default_redirection_url: ORIGIN }],
    },
    storage: {
      encryption_key: 'not-secret-this-is-a-test-of-one-minute',
      local: { path: `${folder}/db.sqlite3` },
    },
    notifier: { filesystem: { filename: `${folder}/notifications.txt` } },
    identity_validation: {
      reset_password: { jwt_secret: 'not-secret-this-is-a-test-of-one-minute' },
    },
    ntp: { disable_startup_check: true },
    // Tests sign in often, and sometimes wrongly.
    regulation: { max_retries: 0 },
  });
}

/** Writes the file of its users. A display name is required there: a space is one, and no white space in a header. */
export function autheliaUsers(): string {
  const password = hash(PASSWORD);
  const entries = Object.values(USERS).map(({ user, ...rest }) => {
    const { groups, name = ' ', email }: Omit<ExpectedIdentity, 'user'> = rest;
    return [user, { password, displayname: name, groups, ...(email && { email }) }] as const;
  });
  return JSON.stringify({ users: Object.fromEntries(entries) });
}

/** scrypt in the form that Authelia reads, with as little work and salt as it takes. */
function hash(password: string): string {
  const salt = Buffer.from('not secret');
  const key = scryptSync(password, salt, 32, { N: 2 ** 4, r: 8, p: 1 });
  return ['', 'scrypt', 'ln=4,r=8,p=1', base64(salt), base64(key)].join('$');
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
