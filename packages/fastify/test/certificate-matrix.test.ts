import { it } from '@jest/globals';
import { checkCertificateMatrix } from '@trusted-header/conformance';
import { fastifyTarget } from './conformance-target.js';

const guide = new URL('../../../apps/docs/pages/guides/proofs.md', import.meta.url);

it.each(['HTTP/1.1', 'HTTP/2'] as const)(
  'certificates over %s come to what the guide says',
  (version) => checkCertificateMatrix(guide, fastifyTarget, version),
);
