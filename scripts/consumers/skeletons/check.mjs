// Makes a skeleton by its maker's command, adds what our README says, builds, tests and starts it, and asks it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, STRANGER } from '../ask.mjs';
import { closure } from '../packed.mjs';
import { freePort, plainEnv, start } from '../program.mjs';
import { run } from '../run.mjs';

const QUIET = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
};

/**
 * Gives `{ name, run }` for a skeleton; what was counted goes into `table`.
 *
 * @param packed Where our packages are.
 */
export function skeletonCheck(name, skeleton, { folder, packed, table }) {
  return {
    name,
    run: () =>
      check(name, skeleton, { folder: join(folder, name.replace(/\W+/g, '-')), packed, table }),
  };
}

async function check(name, skeleton, { folder, packed, table }) {
  const { make, made = {}, files = {}, edits = [], here = [], tests = [] } = skeleton;
  const began = Date.now();
  let server;
  try {
    mkdirSync(folder, { recursive: true });
    write(folder, made);
    for (const command of make) await must(command, makesFolder(command) ? folder : inside(folder));
    const app = inside(folder);
    const names = [...skeleton.install, ...(skeleton.testing ? ['testing'] : [])];
    await must(['npm', 'install', ...closure(names).map((each) => packed[each])], app);
    write(app, files);
    for (const edit of [...edits, ...here]) change(app, edit);
    if (skeleton.build) await must(skeleton.build, app);
    const built = Date.now();
    for (const test of tests) await must(test, app, { TRUSTED_PROXIES: '127.0.0.1' });
    const tested = Date.now();
    const port = await freePort();
    const [command, ...args] = skeleton.start.map((word) => word.replace('$PORT', port));
    server = await start(command, args, {
      cwd: app,
      env: plainEnv({ ...QUIET, CI: '', PORT: String(port), TRUSTED_PROXIES: '127.0.0.1' }),
    });
    const faults = await askAll(`http://127.0.0.1:${port}${skeleton.path ?? '/'}`).catch(
      (error) => [error.message],
    );
    table.push({
      name,
      ...count(skeleton),
      seconds: (Date.now() - began - (tested - built)) / 1000,
    });
    return { faults: faults.length > 0 ? [...faults, server.output()] : [] };
  } catch (error) {
    return { faults: error.message.split('\n') };
  } finally {
    server?.stop();
  }
}

async function askAll(url) {
  const john = { 'Remote-User': 'john' };
  const faults = [];
  const expect = async (what, how, status, text) => {
    const answer = await ask(url, how);
    if (answer.status !== status || !answer.body.includes(text))
      faults.push(`${what}: ${answer.status} ${answer.body.slice(0, 300)}`);
  };
  for (let i = 0; ; i++) {
    const isUp = await ask(url).then(
      ({ status }) => status !== 503,
      () => false,
    );
    if (isUp) break;
    if (i > 300) throw new Error('does not answer');
    await sleep(200);
  }
  await expect('the proxy names john', { headers: john }, 200, 'john');
  await expect('a stranger', { headers: john, from: STRANGER }, 403, '');
  await expect('nobody', {}, 401, '');
  return faults;
}

/** From an empty folder to the page: commands that are typed, lines that are written, tests apart. */
function count({ make, build, start: _, files = {}, edits = [] }) {
  const text = [
    ...Object.values(files),
    ...edits.filter(([file]) => !/^test\//.test(file)).map(added),
  ].join('');
  return {
    // Making, ours, building, starting.
    commands: make.length + 1 + (build ? 1 : 0) + 1,
    lines: text.split('\n').filter((line) => line.trim() !== '').length,
  };
}

/** The lines of an edit that were not there before. */
function added([, before, after]) {
  const old = before.split('\n');
  return `${after
    .split('\n')
    .filter((line) => !old.includes(line) && !old.includes(line.trim()))
    .join('\n')}\n`;
}

async function must(command, cwd, env = {}) {
  const [program, ...args] = command;
  const { code, output } = await run(program, args, {
    cwd,
    env: plainEnv({ ...QUIET, ...env }),
    seconds: 400,
  });
  if (code !== 0)
    throw new Error(`${command.join(' ')}: ended with ${code}\n${output.slice(-4000)}`);
}

/** Makers put the application into a folder `app`. */
function makesFolder(command) {
  return command.includes('app');
}

function inside(folder) {
  return existsSync(join(folder, 'app')) && !existsSync(join(folder, 'layout.tsx'))
    ? join(folder, 'app')
    : folder;
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function change(folder, [name, before, after]) {
  const text = readFileSync(join(folder, name), 'utf8');
  if (!text.includes(before)) throw new Error(`${name} is not as it was: it has no ${before}`);
  writeFileSync(
    join(folder, name),
    text.replace(before, () => after),
  );
}
