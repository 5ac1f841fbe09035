// Checks the workflows against scripts/workflow-faults.mjs, and that check against workflows that are known to be bad.
import { readdirSync, readFileSync } from 'node:fs';
import { workflowFaults } from './workflow-faults.mjs';

const folder = new URL('../.github/workflows/', import.meta.url);
const SHA = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';
const job = (rights, ...steps) => `permissions: { contents: read }
jobs:
  it:
    permissions: ${rights}
    steps:
${steps.map((step) => `      - ${step}\n`).join('')}`;

/** Why it is bad, the workflow, and what must be said of it. */
const KNOWN_BAD = [
  ['no permissions at all', 'jobs: {}', /read rights only/],
  ['everything for everybody', 'permissions: write-all\njobs: {}', /read rights only/],
  ['a tag can move', job('{}', 'uses: actions/checkout@v4'), /by its commit/],
  ['nobody sees which version it is', job('{}', `uses: ${SHA}`), /by its commit/],
  ['a title is a script', job('{}', 'run: echo $\u007b{ github.event.title }}'), /pass it by env/],
  ['a token for every script', job('{}', `uses: ${SHA} # v4.2.2`), /leaves its token/],
  [
    'installs with the right to publish',
    job('{ id-token: write }', 'run: npx pnpm install'),
    /runs: npx pnpm install/,
  ],
  [
    'builds with the right to push',
    job('{ contents: write }', 'run: node build.mjs'),
    /runs: node build.mjs/,
  ],
  ['hides it behind a command', job('{ contents: write }', 'run: git push && ./x'), /runs: \.\/x/],
  ['hides it in a command', job('{ contents: write }', 'run: gh api $(./x)'), /runs: gh api/],
  [
    'a hook of the checkout',
    job('{ contents: write }', 'run: git -c "x=y" config core.hooksPath .'),
    /runs: git/,
  ],
  [
    'a program by way of a setting',
    job('{ contents: write }', 'run: git -c "core.sshCommand=./x" push origin main'),
    /runs: git/,
  ],
  [
    'scripts of the tarball',
    job('{ id-token: write }', 'run: npm publish "$tarball"'),
    /runs: npm publish/,
  ],
  [
    'signs in and checks out',
    job('{ id-token: write }', `uses: ${SHA} # v4.2.2`),
    /signs in and checks out/,
  ],
  ['signs in and pushes', job('{ id-token: write, contents: write }'), /stands alone/],
  ['all rights', job('write-all', 'run: npx x'), /stands alone/],
  [
    'somebody’s action',
    job('{ contents: write }', `uses: ${SHA.replace('actions/checkout', 'a/b')} # v1.0.0`),
    /uses a\/b/,
  ],
];

const faults = [];
for (const [why, text, expected] of KNOWN_BAD) {
  if (!workflowFaults(text).some((fault) => expected.test(fault)))
    faults.push(`the check no longer sees: ${why}`);
}
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
for (const name of files) {
  const text = readFileSync(new URL(name, folder), 'utf8');
  faults.push(...workflowFaults(text).map((fault) => `${name}: ${fault}`));
}
for (const fault of faults) console.error(fault);
console.log(
  `${files.length} workflows, ${KNOWN_BAD.length} known bad ones, ${faults.length} faults`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
