import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import jestConfig from '../../../jest.config.mjs';
import { packagesFolder } from './plant.mjs';

const root = dirname(packagesFolder);
const ownFolder = join(packagesFolder, 'conformance', '.mutant');
const configFile = join(ownFolder, 'jest.config.json');
const resultFile = join(ownFolder, 'result.json');

/**
 * Runs the conformance test of every copy in one jest, each a project of its own, and gives by key which cases failed.
 */
export function runPlants(plants) {
  mkdirSync(ownFolder, { recursive: true });
  writeFileSync(configFile, JSON.stringify({ rootDir: root, projects: plants.map(projectOf) }));
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { stderr } = spawnSync(
    process.execPath,
    [
      ...flags,
      jest,
      '--config',
      configFile,
      '--json',
      '--outputFile',
      resultFile,
      '--silent',
      '--maxWorkers=2',
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  return readResults(stderr);
}

function projectOf({ key, home, changed, sources }) {
  const [{ transform, extensionsToTreatAsEsm }] = jestConfig.projects;
  const source = join(sources, 'src');
  return {
    displayName: key,
    rootDir: root,
    roots: [home],
    testMatch: ['**/test/{conformance,login}.test.ts'],
    testPathIgnorePatterns: ['/node_modules/'],
    extensionsToTreatAsEsm,
    transform,
    moduleNameMapper: {
      [`^@trusted-header/${changed}$`]: join(source, 'index.ts'),
      ...(changed === 'core' && {
        '^@trusted-header/core/profiles$': join(source, 'profiles/index.ts'),
        '^@trusted-header/core/probe$': join(source, 'probe/index.ts'),
      }),
      '^(\\.{1,2}/.*)\\.js$': '$1',
    },
  };
}

function readResults(stderr) {
  let testResults;
  try {
    ({ testResults } = JSON.parse(readFileSync(resultFile, 'utf8')));
  } catch {
    throw new Error(`jest gave no result:\n${stderr.slice(0, 4000)}`);
  }
  return new Map(
    testResults.map(({ name, assertionResults, message }) => [
      basename(dirname(dirname(name))),
      {
        total: assertionResults.length,
        failed: assertionResults.filter(({ status }) => status === 'failed').map(caseId),
        message: message.slice(0, 1000),
      },
    ]),
  );
}

/** Tests are named after their cases: `id: why`. */
function caseId({ title }) {
  return title.split(/[: ]/)[0];
}
