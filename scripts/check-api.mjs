// Compares what every public package exports, names and signatures, with the reports in packages/*/api. After a change
// that is meant: `pnpm check:api --write`, and the report shows it in review. Folders' names: of those packages only. What it has
// read of names, types and comments it keeps in node_modules/.cache/api, for the API reference of apps/docs.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { esEntry } from './es-entry.mjs';
import { publicPackages } from './workspace.mjs';

const models = join(import.meta.dirname, '../node_modules/.cache/api');
const given = process.argv.slice(2);
const isWriting = given.includes('--write');
const only = given.filter((word) => word !== '--write');
const scratch = mkdtempSync(join(tmpdir(), 'trusted-header-api-'));
let faults = 0;

for (const { name, folder, manifest } of publicPackages()) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const [path, entry] of Object.entries(manifest.exports)) {
    report(folder, `${name}${path.slice(1).replace('/', '-')}`, join(folder, esEntry(entry).types));
  }
}
rmSync(scratch, { recursive: true });
process.exitCode = faults > 0 ? 1 : 0;

function report(folder, name, entry) {
  mkdirSync(join(folder, 'api'), { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'nodenext',
            moduleResolution: 'nodenext',
            target: 'es2022',
            types: ['node'],
            skipLibCheck: true,
          },
          files: [entry],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(folder, 'api'),
        reportTempFolder: scratch,
        includeForgottenExports: true,
      },
      docModel: { enabled: true, apiJsonFilePath: join(models, `${name}.api.json`) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        // Only the report counts; the style of comments is ours.
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const isNew = !existsSync(join(folder, 'api', `${name}.api.md`));
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isWriting,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  if (!apiReportChanged) {
    console.log(`${name}: as reported`);
  } else if (isWriting) {
    console.log(`${name}: ${isNew ? 'reported' : 'report changed'}`);
  } else {
    faults++;
    console.error(
      `${name}: exports something else than packages/*/api says; if it is meant: pnpm check:api --write`,
    );
  }
}
