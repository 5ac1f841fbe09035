import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { proxyConfig } from '@trusted-header/cli';
import { GENERATED } from './generated.js';

/** `UPDATE_GOLDEN=1` writes them; read the difference before you commit it. */
describe('what is generated', () => {
  it.each(GENERATED)('is what the generator writes for $proxy', (generated) => {
    const { file, proxy, settings, edit = (written) => written } = generated;
    const text = edit(proxyConfig(proxy, settings).text);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text);
  });
});
