import { checkMatrixRow, type Row } from '../matrix/check-matrix-row.js';
import type { ConformanceTarget } from '../target.js';
import type { ClientCertificate } from './client-certificates.js';
import { type HttpVersion, measureCertificates } from './measure-certificates.js';

/** What the columns say. Undefined: no certificate. */
const COLUMNS: readonly (readonly [title: string, kind: ClientCertificate | undefined])[] = [
  ['listed', 'listed'],
  ['common name listed', 'listed-common-name'],
  ['unlisted', 'unlisted'],
  ['other authority', 'other-authority'],
  ['self-signed', 'self-signed'],
  ['expired', 'expired'],
  ['not yet valid', 'not-yet-valid'],
  ['for servers only', 'for-servers'],
  ['name with a comma', 'name-with-comma'],
  ['none', undefined],
];

/**
 * Shows good and bad certificates to a target over TLS, and checks that a Markdown file has its row in the matrix between
 * `<!-- certificate matrix -->` and `<!-- end -->`. With WRITE_CERTIFICATE_MATRIX=1 it is written there; one test at a time, then
 * (`jest -i`).
 *
 * @param version `HTTP/2` for a framework whose request handler takes such requests.
 * @throws where the row is missing, or another.
 */
export async function checkCertificateMatrix(
  file: URL,
  target: ConformanceTarget,
  version: HttpVersion = 'HTTP/1.1',
): Promise<void> {
  const kinds = COLUMNS.map(([, kind]) => kind);
  const head: Row = ['', ...COLUMNS.map(([title]) => title)];
  const verdicts = await measureCertificates(target, version, kinds);
  checkMatrixRow({ file, name: 'certificate', head }, [`${target.name}, ${version}`, ...verdicts]);
}
