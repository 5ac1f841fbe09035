import { it } from '@jest/globals';
import { checkCertificateMatrix } from '@trusted-header/conformance';
import { express4Target, express5Target } from './conformance-target.js';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

it.each([express4Target, express5Target])(
  'certificates shown to $name come to what the guide says',
  (target) => checkCertificateMatrix(guide, target),
);
