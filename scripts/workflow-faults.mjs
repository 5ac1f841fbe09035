// What a workflow must not do. A job that may write (push, publish, sign in as this repository) runs nothing of the
// repository: no install, no build, no script; it takes what a job without rights has made, and hands it on.
import { parse } from 'yaml';

/** What a job with write rights may run: these programs are the runner's own, and none runs a file of the checkout. */
const COMMANDS = [
  /^git (?:-c "user\.(?:name|email)=[^"]*" )*(?:apply|commit|push) /,
  /^gh (?:api|pr) /,
  /^npm publish "\$tarball" .*--ignore-scripts$/,
];
/** What of the shell these commands need. */
const SHELL = [
  /^for tarball in \.\/\*\.tgz; do$/,
  /^done$/,
  /^while read -r tag; do$/,
  /^done < tags\.txt$/,
];
const ACTIONS = ['actions/checkout', 'actions/setup-node', 'actions/download-artifact'];
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** Lists the faults of a workflow file, each in a sentence. */
export function workflowFaults(text) {
  const { permissions, jobs = {} } = parse(text);
  const faults = [];
  if (!isReadOnly(permissions)) faults.push('the workflow itself must have read rights only');
  for (const line of text.split('\n')) {
    const used = /^\s*(?:- )?uses: (\S+)(.*)$/.exec(line);
    if (used && !(PINNED.test(used[1]) && /^ # v\d+\.\d+\.\d+$/.test(used[2])))
      faults.push(`${used[1]}: name an action by its commit, with the tag as a comment`);
  }
  for (const [name, job] of Object.entries(jobs)) {
    const steps = job.steps ?? [];
    for (const { run = '' } of steps) {
      if (run.includes('${{')) faults.push(`${name}: an expression in a script; pass it by env`);
    }
    faults.push(
      ...(isReadOnly(job.permissions ?? {}) ? readFaults(steps) : writeFaults(job)).map(
        (fault) => `${name}: ${fault}`,
      ),
    );
  }
  return faults;
}

function isReadOnly(permissions) {
  if (typeof permissions !== 'object' || permissions === null) return permissions === 'read-all';
  return Object.values(permissions).every((right) => right === 'read' || right === 'none');
}

function readFaults(steps) {
  return steps
    .filter(
      (step) =>
        actionOf(step) === 'actions/checkout' && step.with?.['persist-credentials'] !== false,
    )
    .map(() => 'a checkout that leaves its token behind; persist-credentials: false');
}

function writeFaults({ permissions, container, services, uses, defaults, steps }) {
  const faults = [];
  if (container || services || uses || defaults)
    faults.push('has write rights and runs in what somebody else made');
  const isSigningIn = permissions === 'write-all' || permissions['id-token'] === 'write';
  if (
    isSigningIn &&
    (permissions === 'write-all' ||
      Object.values(permissions).filter((right) => right === 'write').length > 1)
  )
    faults.push('id-token: write stands alone');
  for (const step of steps ?? []) {
    const action = actionOf(step);
    if (action !== undefined && !ACTIONS.includes(action))
      faults.push(`has write rights and uses ${action}`);
    if (action === 'actions/checkout' && isSigningIn) faults.push('signs in and checks out');
    if (step.shell !== undefined) faults.push('has write rights and a shell of its own');
    faults.push(
      ...commandsOf(step)
        .filter((command) => !isHarmless(command))
        .map((command) => `has write rights and runs: ${command}`),
    );
  }
  return faults;
}

function actionOf({ uses }) {
  return uses?.split('@')[0];
}

/** The commands of a script: its lines, and what is between || and &&; a line goes on behind a backslash. */
function commandsOf({ run = '' }) {
  return run
    .replace(/\\\n\s*/g, '')
    .split(/\n|\|\||&&/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function isHarmless(command) {
  const isPlain = !/[`;&|<>]|\$\(/.test(command);
  return (
    (isPlain && COMMANDS.some((known) => known.test(command))) ||
    SHELL.some((known) => known.test(command))
  );
}
