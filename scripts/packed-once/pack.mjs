// What end-to-end tests install: the public packages, packed once for all of them. `PACKED` says where each is, in JSON.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../consumers/packed.mjs';

export default function setup() {
  // Each jest project that installs them asks for it.
  process.env.PACKED ??= JSON.stringify(
    pack(mkdtempSync(join(tmpdir(), 'trusted-header-packed-'))),
  );
}
