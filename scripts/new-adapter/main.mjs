// Makes packages/<name>, an adapter that conforms before a line of it is written: `pnpm new-adapter <name>`. It is one for
// bare node:http; the framework comes in where the steps printed at the end say.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../workspace.mjs';
import { faultIn } from './fault-in.mjs';
import { filesOf } from './files-of.mjs';
import { writeAll } from './write-all.mjs';

const USAGE = `usage: pnpm new-adapter <name> [--no-install]

  <name>        the framework's, as people look for it: lower case, digits, single hyphens
  --no-install  write the files, and neither install, build nor report what they export`;

const given = process.argv.slice(2);
const options = given.filter((word) => word.startsWith('-'));
const names = given.filter((word) => !word.startsWith('-'));
if (options.includes('--help')) {
  console.log(USAGE);
} else {
  const unknown = options.filter((word) => word !== '--no-install');
  const fault =
    unknown.length > 0
      ? `there is no option ${unknown.join(' ')}`
      : names.length === 1
        ? faultIn(names[0])
        : `one name is needed, not ${names.length}`;
  if (fault === undefined) make(names[0]);
  else fail(`${fault}\n\n${USAGE}`);
}

function make(name) {
  try {
    writeAll(filesOf(name));
  } catch (error) {
    fail(`nothing is written: ${error.message}`);
    return;
  }
  console.log(`packages/${name} is written`);
  if (options.includes('--no-install') || finish(name)) console.log(stepsFor(name));
}

/** What a person would type next. The package stays where one of them fails. */
function finish(name) {
  const pnpm = ['npx', '--yes', 'pnpm@10.34.8'];
  const commands = [
    [...pnpm, 'install', '--no-frozen-lockfile'],
    ['node_modules/.bin/biome', 'check', '--write', `packages/${name}`, 'README.md'],
    [...pnpm, 'turbo', 'run', 'build', `--filter=@trusted-header/${name}`],
    ['node', 'scripts/check-api.mjs', '--write', name],
  ];
  for (const [command, ...args] of commands) {
    try {
      execFileSync(command, args, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      });
    } catch (error) {
      fail(`this failed: ${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`);
      return false;
    }
  }
  return true;
}

function stepsFor(name) {
  return `
It passes: npx --yes pnpm@10.34.8 test:only --selectProjects ${name}
Now make it the framework's:
  1. ${join('packages', name, 'package.json')}: the framework under peerDependencies, with the versions that work, and under
     devDependencies as "catalog:", with its version in pnpm-workspace.yaml.
  2. src/handler.ts, src/request.ts: its types. src/answer-refusal.ts: its way to answer.
  3. test/conformance-target.ts: an application of it, with its own trust-proxy setting on.
  4. README.md, the row in README.md of the root, .changeset/${name}.md: what people should know.
  5. packages/conformance/mutants/${name}-mutants.mjs: the bugs that its ways invite.
Then sign-in, roles and sessions, as CONTRIBUTING.md says.`;
}

function fail(text) {
  console.error(`new-adapter: ${text}`);
  process.exitCode = 1;
}
