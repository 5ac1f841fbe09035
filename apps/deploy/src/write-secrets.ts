import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argon2id } from 'hash-wasm';

/** The first account. */
export interface FirstUser {
  readonly user: string;
  readonly password: string;
}

/** Authelia asks for 64 characters or more. */
const BYTES = 48;

/**
 * Writes the secrets of the compose files to `secrets/` in a folder. Keeps every file that is there already: a new
 * storage key would make the database unreadable. Gives a line about each file.
 *
 * The folder is for its owner only; the files in it can be read by whatever user a container runs as.
 */
export async function writeSecrets(
  folder: string,
  { user, password }: FirstUser,
): Promise<readonly string[]> {
  const secrets = join(folder, 'secrets');
  await mkdir(secrets, { recursive: true });
  await chmod(secrets, 0o700);
  const files: Readonly<Record<string, () => Promise<string> | string>> = {
    session_secret: random,
    storage_encryption_key: random,
    reset_password_jwt_secret: random,
    proxy_secret: random,
    'users_database.yml': () => usersDatabase(user, password),
  };
  const lines: string[] = [];
  for (const [name, make] of Object.entries(files)) {
    lines.push(await writeNew(join(secrets, name), await make()));
  }
  return lines;
}

function random(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** Authelia's file of users, with the parameters that it hashes by itself (RFC 9106: argon2id, 64 MiB, 3 passes). */
async function usersDatabase(user: string, password: string): Promise<string> {
  const hash = await argon2id({
    password,
    salt: randomBytes(16),
    iterations: 3,
    memorySize: 65_536,
    parallelism: 4,
    hashLength: 32,
    outputType: 'encoded',
  });
  return `users:
  ${user}:
    displayname: John Doe
    password: "${hash}"
    email: ${user}@example.com
    groups: [admin, dev]
`;
}

async function writeNew(file: string, text: string): Promise<string> {
  try {
    await writeFile(file, text, { mode: 0o444, flag: 'wx' });
    return `wrote ${file}`;
  } catch (error) {
    const isThere = typeof error === 'object' && error !== null && 'code' in error;
    if (isThere && error.code === 'EEXIST') return `kept  ${file}`;
    throw error;
  }
}
