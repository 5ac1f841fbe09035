// One folder with one install for what is compiled and for what test runners load: applications as they are begun today, and
// those with the frameworks of before.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifests, pnpm } from './packed.mjs';
import { TYPESCRIPTS } from './types/compilers.mjs';

const peers = Object.assign({}, ...manifests.map(({ peerDependencies }) => peerDependencies));

const TYPES = {
  '@types/node': '^20.0.0',
  '@types/passport': '^1.0.0',
  '@types/react': '^19.0.0',
};

/** What test runners need, in every project. */
const RUNNERS = {
  '@babel/core': '^7.28.0',
  '@babel/preset-env': '^7.28.0',
  '@jest/globals': '^30.0.0',
  '@swc/core': '^1.16.0',
  '@swc/jest': '^0.2.39',
  'babel-jest': '^30.0.0',
  '@types/supertest': '^7.0.0',
  jest: '^30.0.0',
  mocha: '^11.0.0',
  supertest: '^7.0.0',
  'ts-jest': '^29.4.0',
  typescript: '~5.9.0',
  vitest: '^3.2.0',
};

/** Each project's dependencies beside our packages. */
const PROJECTS = {
  modern: {
    ...peers,
    ...TYPES,
    ...RUNNERS,
    '@hono/node-server': '^2.0.0',
    '@nestjs/common': '^12.0.0',
    '@nestjs/core': '^12.0.0',
    '@nestjs/microservices': '^12.0.0',
    '@nestjs/platform-express': '^12.0.0',
    '@nestjs/testing': '^12.0.0',
    '@nestjs/websockets': '^12.0.0',
    '@types/express': '^5.0.0',
    '@types/koa': '^3.0.0',
    express: '^5.0.0',
    // 9 needs Node 22.13.
    'iron-session': '^8.0.4',
    koa: '^3.0.0',
    next: '^16.0.0',
    'next-auth': '5.0.0-beta.32',
    react: '^19.0.0',
    'react-dom': '^19.0.0',
    rxjs: '^7.0.0',
  },
  older: {
    ...peers,
    ...TYPES,
    ...RUNNERS,
    '@hono/node-server': '^1.0.0',
    '@nestjs/common': '^11.0.0',
    '@nestjs/core': '^11.0.0',
    '@nestjs/microservices': '^11.0.0',
    '@nestjs/platform-express': '^11.0.0',
    '@nestjs/testing': '^11.0.0',
    '@nestjs/websockets': '^11.0.0',
    '@types/express': '^4.17.0',
    '@types/koa': '^2.15.0',
    express: '^4.21.0',
    'iron-session': '^8.0.4',
    koa: '^2.15.0',
    next: '^15.5.0',
    'next-auth': '5.0.0-beta.32',
    react: '^19.0.0',
    'react-dom': '^19.0.0',
    rxjs: '^7.0.0',
  },
};

/** Both projects share pnpm's hidden folder, where without this all would find the types of one of them. */
const packageExtensions = {
  '@trusted-header/express': { peerDependencies: { '@types/express': '*' } },
  '@trusted-header/koa': { peerDependencies: { '@types/koa': '*' } },
};

/** Installs both projects into a folder, with the packed packages. */
export function installWorkspace(folder, packed) {
  const compilers = Object.fromEntries(
    TYPESCRIPTS.map(({ version }, i) => [`typescript-${i}`, `npm:typescript@${version}`]),
  );
  write(folder, { devDependencies: compilers });
  for (const [name, dependencies] of Object.entries(PROJECTS)) {
    mkdirSync(join(folder, name));
    write(join(folder, name), { dependencies: { ...dependencies, ...packed } });
  }
  writeFileSync(
    join(folder, 'pnpm-workspace.yaml'),
    JSON.stringify({ packages: Object.keys(PROJECTS), overrides: packed, packageExtensions }),
  );
  pnpm(folder, 'install', '--prefer-offline');
}

function write(folder, manifest) {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, ...manifest }),
  );
}
