// Packs every public package whose version is not published yet: node scripts/pack-release.mjs <folder>. Writes the
// tarballs and tags.txt, one `core@1.2.3` a line, into the folder. Has no rights and needs none: whoever publishes takes
// the folder and runs nothing of this repository.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const { GITHUB_REPOSITORY, GITHUB_OUTPUT } = process.env;
const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('name the folder for the tarballs');
const folder = resolve(target);
mkdirSync(folder, { recursive: true });

const tags = [];
const filters = [];
for (const name of readdirSync(join(root, 'packages')).sort()) {
  const file = join(root, 'packages', name, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.private || isPublished(`${manifest.name}@${manifest.version}`)) continue;
  // Provenance wants to know which repository a package is from, and people where to read on and whom to ask.
  if (GITHUB_REPOSITORY)
    writeFileSync(file, `${JSON.stringify({ ...manifest, ...addressesOf(name) }, null, 2)}\n`);
  filters.push('--filter', manifest.name);
  tags.push(`${name}@${manifest.version}`);
}
if (filters.length > 0) {
  const pack = ['--yes', 'pnpm@10.34.8', ...filters, 'pack', '--pack-destination', folder];
  execFileSync('npx', pack, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
writeFileSync(join(folder, 'tags.txt'), tags.map((tag) => `${tag}\n`).join(''));
if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `tarballs=${tags.length}\n`);
console.log(`packed: ${tags.join(', ') || 'nothing'}`);

/** Only a clear "no such version" is a no: a registry that does not answer must not look like one. */
function isPublished(spec) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', spec, 'version', '--json'], {
    encoding: 'utf8',
    cwd: folder,
  });
  if (status === 0) return stdout.trim() !== '';
  if (/E404/.test(stdout + stderr)) return false;
  throw new Error(`npm view ${spec}: ${stderr}`);
}

function addressesOf(name) {
  const web = `https://github.com/${GITHUB_REPOSITORY}`;
  return {
    homepage: `${web}/tree/main/packages/${name}#readme`,
    bugs: { url: `${web}/issues` },
    repository: { type: 'git', url: `git+${web}.git`, directory: `packages/${name}` },
  };
}
