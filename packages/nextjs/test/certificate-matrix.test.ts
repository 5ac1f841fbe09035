import { afterAll, it } from '@jest/globals';
import { checkCertificateMatrix } from '@trusted-header/conformance';
import { findRegistry } from '../src/registry.js';
import { nextTarget } from './conformance-target.js';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

it('certificates shown to a server of one’s own come to what the guide says', () =>
  checkCertificateMatrix(guide, nextTarget));

afterAll(async () => findRegistry()?.stop());
