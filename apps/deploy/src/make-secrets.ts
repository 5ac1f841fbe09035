import { randomBytes } from 'node:crypto';
import { argv, exit } from 'node:process';
import { writeSecrets } from './write-secrets.js';

const [folder] = argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder with the compose file: node dist/make-secrets.js compose');
  exit(1);
}
const password = randomBytes(12).toString('base64url');
const written = await writeSecrets(folder, { user: 'john', password });
for (const line of written) console.log(line);
if (written.some((line) => line.startsWith('wrote') && line.includes('users_database'))) {
  console.log(`Sign in as john with the password ${password}, which is written nowhere else.`);
}
