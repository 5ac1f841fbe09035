// Two copies of our packages in one process share what they know of requests: the ES modules and the CommonJS build.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, STRANGER } from '../ask.mjs';
import { start } from '../program.mjs';

const john = { 'Remote-User': 'john' };
const admin = { ...john, 'Remote-Groups': 'ops' };

const NEST = ['nestjs', 'nestjs by use'];

/** The three cases before, and the question itself. */
const HEARD = '200 authenticated,anonymous,refused,authenticated';

/** Each with what comes back; a refusal is a problem wherever the framework lets us write it. */
const CASES = [
  ['the proxy names somebody', '/', { headers: john }, '200 john'],
  ['nobody', '/', {}, '401 authentication-required'],
  ['a stranger', '/', { headers: john, from: STRANGER }, '403 peer-untrusted'],
  ['the application asks itself', '/self', { headers: john }, '200 403'],
  ['a policy of the other copy admits', '/admin', { headers: admin }, '200 john'],
  ['a policy of the other copy denies', '/admin', { headers: john }, '403 group-missing'],
  ['a role of the other copy admits', '/role', { headers: admin }, '200 john'],
  ['a role of the other copy denies', '/role', { headers: john }, '403 role-missing'],
  ['nobody asks for a policy', '/admin', {}, '401 authentication-required'],
  ['open by a mark of the other copy', '/open', {}, '200 open', NEST],
  ['a user that the other copy reads', '/me', { headers: john }, '200 john', NEST],
  ['is looked up once', '/lookup', { headers: john }, '200 0', NEST],
  ['nobody may, says the option', '/', { headers: { 'X-Guest': '' } }, '200 ', NEST],
  [
    'both in front heard one decision each',
    '/heard',
    { headers: john },
    HEARD,
    ['express in front'],
  ],
];

/** Next's answers are made by Next, so only its readers are asked. */
const ONLY = { nextjs: ['/', '/self'], 'express in front': ['/', '/heard'] };

/** What there is to check in an installed project. */
export function copyChecks(folder) {
  copyFileSync(new URL('apps.mjs', import.meta.url), join(folder, 'copies.mjs'));
  return ['esm', 'cjs'].map((first) => ({
    name: `copies in one process, adapters of ${first}, guards of the other`,
    run: () => askAll(folder, first),
  }));
}

async function askAll(folder, first) {
  const faults = [];
  const program = await start(process.execPath, ['copies.mjs', first], {
    cwd: folder,
    until: /^\{.*\}$/m,
  }).catch((error) => faults.push(error.message));
  if (faults.length > 0) return { faults };
  try {
    const ports = JSON.parse(program.output().match(/^\{.*\}$/m)[0]);
    for (const [app, port] of Object.entries(ports)) {
      for (const [name, path, how, expected, only = [app]] of CASES) {
        if (!only.includes(app) || (app in ONLY && !ONLY[app].includes(path))) continue;
        const { status, type, body } = await ask(`http://127.0.0.1:${port}${path}`, how);
        const found = `${status} ${type.includes('problem+json') ? JSON.parse(body).code : body}`;
        const wanted = app === 'nextjs' && status > 400 ? `${expected.slice(0, 3)} ` : expected;
        if (found !== wanted) faults.push(`${app}: ${name}: ${found}, and not ${wanted}`);
      }
    }
  } finally {
    program.stop();
  }
  return { faults };
}
