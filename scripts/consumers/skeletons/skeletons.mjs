// Applications as their makers ship them today, and what somebody adds who follows our README: counted, in commands and lines.
// `make`, `build`, `test` and `start` are the maker's own commands. `files` are new, `edits` go into files of the skeleton:
// [file, what stands there, what stands there then]. `here` holds what only this machine needs, and is not counted.
const { npm, npx, node } = { npm: 'npm', npx: ['npx', '--yes'], node: 'node' };

/** Google's fonts are not here. */
const FONTS = [
  'app/layout.tsx',
  'import { Geist, Geist_Mono } from "next/font/google";',
  'const Geist = (_: object) => ({ variable: "" });\nconst Geist_Mono = Geist;',
];

const INSTRUMENTATION = `import { registerTrustedHeader } from '@trusted-header/nextjs';

export function register() {
  registerTrustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES });
}
`;

const NEST = ({ from, e2e }) => [
  [
    'src/app.module.ts',
    `import { AppController } from`,
    `import { TrustedHeaderModule } from '@trusted-header/nestjs';\nimport { AppController } from`,
  ],
  [
    'src/app.module.ts',
    'imports: []',
    'imports: [\n    TrustedHeaderModule.forRoot({ trustedProxies: process.env.TRUSTED_PROXIES }),\n  ]',
  ],
  [
    'src/app.controller.ts',
    'import { AppService }',
    `import { CurrentIdentity, type Identity } from '@trusted-header/nestjs';\nimport { AppService }`,
  ],
  [
    'src/app.controller.ts',
    '  @Get()\n',
    `  @Get('me')\n  me(@CurrentIdentity() identity: Identity) {\n    return \`Hello \${identity.user}\`;\n  }\n\n  @Get()\n`,
  ],
  [
    e2e,
    `import request from 'supertest';`,
    `import { asUser } from '@trusted-header/testing';\nimport request from 'supertest';`,
  ],
  [e2e, `.get('/')`, `.get('/')\n      .set(asUser({ user: 'john' }).headers)`],
  ...from,
];

const nest = {
  install: ['nestjs'],
  testing: true,
  build: [npm, 'run', 'build'],
  tests: [
    [npm, 'test'],
    [npm, 'run', 'test:e2e'],
  ],
  start: [npm, 'run', 'start:prod'],
  path: '/me',
};

export const SKELETONS = {
  'create-next-app@16': {
    make: [[...npx, 'create-next-app@16', 'app', '--ts', '--app', '--yes']],
    install: ['nextjs'],
    files: {
      'instrumentation.ts': INSTRUMENTATION,
      'proxy.ts': `import { trustedHeaderProxy } from '@trusted-header/nextjs';

export const proxy = trustedHeaderProxy();
`,
      // cacheComponents, which the skeleton has on, wants what depends on the request within Suspense.
      'app/page.tsx': `import { Suspense } from 'react';
import { getIdentity } from '@trusted-header/nextjs';

async function Hello() {
  return \`Hello \${(await getIdentity())?.user}\`;
}

export default function Home() {
  return <Suspense><Hello /></Suspense>;
}
`,
    },
    here: [FONTS],
    build: [npm, 'run', 'build'],
    start: [npm, 'start', '--', '-p', '$PORT'],
  },
  'create-next-app@15': {
    make: [[...npx, 'create-next-app@15', 'app', '--ts', '--app', '--yes']],
    install: ['nextjs'],
    files: {
      'instrumentation.ts': INSTRUMENTATION,
      'middleware.ts': `import { trustedHeaderProxy } from '@trusted-header/nextjs';

export const config = { runtime: 'nodejs' };
export const middleware = trustedHeaderProxy();
`,
      'app/page.tsx': `import { getIdentity } from '@trusted-header/nextjs';

export default async function Home() {
  return \`Hello \${(await getIdentity())?.user}\`;
}
`,
    },
    here: [FONTS],
    build: [npm, 'run', 'build'],
    start: [npm, 'start', '--', '-p', '$PORT'],
  },
  '@nestjs/cli@11': {
    ...nest,
    make: [[...npx, '@nestjs/cli@11', 'new', 'app', '--package-manager', 'npm', '--skip-git']],
    edits: NEST({ e2e: 'test/app.e2e-spec.ts', from: [] }),
  },
  '@nestjs/cli@12': {
    ...nest,
    make: [[...npx, '@nestjs/cli@12', 'new', 'app', '--package-manager', 'npm', '--skip-git']],
    edits: NEST({ e2e: 'test/app.e2e-spec.ts', from: [] }),
  },
  // Its maker fetches the template from GitHub, which is no package registry: these are the files of that template.
  'create-hono (nodejs)': {
    make: [
      [npm, 'install', 'hono', '@hono/node-server'],
      [npm, 'install', '--save-dev', 'typescript@5', 'tsx', '@types/node@20'],
    ],
    made: {
      'package.json': `{ "name": "app", "type": "module", "scripts": { "dev": "tsx watch src/index.ts", "build": "tsc", "start": "node dist/index.js" } }`,
      'tsconfig.json': `{ "compilerOptions": { "target": "ESNext", "module": "NodeNext", "strict": true, "verbatimModuleSyntax": true, "skipLibCheck": true, "types": ["node"], "jsx": "react-jsx", "jsxImportSource": "hono/jsx", "outDir": "./dist" }, "exclude": ["node_modules"] }`,
      'src/index.ts': `import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()

app.get('/', (c) => {
  return c.text('Hello Hono!')
})

serve({
  fetch: app.fetch,
  port: 3000
}, (info) => {
  console.log(\`Server is running on http://localhost:\${info.port}\`)
})
`,
    },
    install: ['hono'],
    edits: [
      [
        'src/index.ts',
        `import { Hono } from 'hono'`,
        `import { trustedHeader } from '@trusted-header/hono'\nimport { Hono } from 'hono'`,
      ],
      [
        'src/index.ts',
        'const app = new Hono()',
        'const app = new Hono().use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }))',
      ],
      ['src/index.ts', `c.text('Hello Hono!')`, 'c.text(c.var.identity?.user ?? "")'],
    ],
    here: [['src/index.ts', 'port: 3000', 'port: Number(process.env.PORT)']],
    build: [npm, 'run', 'build'],
    start: [npm, 'start'],
  },
  'fastify-cli': {
    make: [
      [...npx, 'fastify-cli', 'generate', 'app', '--lang=ts', '--esm'],
      [npm, 'install'],
    ],
    install: ['fastify'],
    edits: [
      [
        'src/app.ts',
        `import AutoLoad`,
        `import { trustedHeader } from '@trusted-header/fastify'\nimport AutoLoad`,
      ],
      [
        'src/app.ts',
        '  // Place here your custom code!\n',
        '  await fastify.register(trustedHeader, { trustedProxies: process.env.TRUSTED_PROXIES })\n',
      ],
      [
        'src/routes/root.ts',
        'return { root: true }',
        'return { root: true, user: request.identity?.user }',
      ],
    ],
    // TypeScript 6, which it asks for, does not compile it as it is (TS5011), nor its tests and fastify-cli's own
    // declarations for them (TS5101, TS2666): those are not run.
    here: [['tsconfig.json', '"outDir": "dist",', '"outDir": "dist",\n    "rootDir": "src",']],
    build: [npm, 'run', 'build:ts'],
    start: [npm, 'start', '--', '-p', '$PORT'],
  },
  'Express 4 by hand': {
    make: [
      [npm, 'init', '-y'],
      [npm, 'install', 'express@4'],
    ],
    install: ['express'],
    files: {
      'index.js': `const { trustedHeader } = require('@trusted-header/express');
const express = require('express');

const app = express();
app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
app.get('/', (req, res) => res.send(\`Hello \${req.identity.user}\`));
app.listen(process.env.PORT);
`,
    },
    start: [node, 'index.js'],
  },
  'Koa by hand': {
    make: [
      [npm, 'init', '-y'],
      [npm, 'install', 'koa'],
    ],
    install: ['koa'],
    files: {
      'index.mjs': `import { trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';

const app = new Koa();
app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
app.use((ctx) => {
  ctx.body = \`Hello \${ctx.state.identity.user}\`;
});
app.listen(process.env.PORT);
`,
    },
    start: [node, 'index.mjs'],
  },
};
