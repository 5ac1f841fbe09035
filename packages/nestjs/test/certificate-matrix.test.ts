import { it } from '@jest/globals';
import { checkCertificateMatrix } from '@trusted-header/conformance';
import { expressTarget, fastifyTarget } from './conformance-target.js';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

it.each([expressTarget, fastifyTarget])(
  'certificates shown to $name come to what the guide says',
  (target) => checkCertificateMatrix(guide, target),
);
