import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default function teardown() {
  if (process.env.PACKED === undefined) return;
  const [first] = Object.values(JSON.parse(process.env.PACKED));
  rmSync(dirname(first.slice('file:'.length)), { recursive: true });
  delete process.env.PACKED;
}
