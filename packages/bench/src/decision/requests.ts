import { asReceived } from '../as-received.js';

/** A request as a browser's, through a proxy: sixteen header lines, and four of the user. */
export interface SampleRequest {
  readonly peer: string;
  readonly rawHeaders: readonly string[];
  /** As Node gives them. */
  readonly headers: Readonly<Record<string, string>>;
}

const ORDINARY = [
  ['Host', 'app.example.com'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Accept-Language', 'en-GB,en;q=0.5'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Referer', 'https://app.example.com/'],
  ['Cookie', 'theme=dark; authelia_session=abcdefghijklmnopqrstuvwxyz'],
  ['Upgrade-Insecure-Requests', '1'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['X-Forwarded-For', '192.0.2.7'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Host', 'app.example.com'],
  ['X-Real-IP', '192.0.2.7'],
  ['Connection', 'keep-alive'],
] as const;

/** Makes requests of different users; without a user for `undefined`. */
export function makeRequest(user: number | undefined, peer: string): SampleRequest {
  const claim =
    user === undefined
      ? []
      : [
          ['Remote-User', `user${user}`],
          ['Remote-Groups', `admin,dev,team-${user}`],
          ['Remote-Name', `John Doe the ${user}.`],
          ['Remote-Email', `user${user}@example.com`],
        ];
  const lines = [...ORDINARY, ...claim].map((line) => line.map(asReceived));
  return {
    peer: asReceived(peer),
    rawHeaders: lines.flat(),
    headers: Object.fromEntries(
      lines.map(([name = '', value = '']) => [name.toLowerCase(), value]),
    ),
  };
}
