import type { ProbeCaseId } from '../probe/case-id.js';
import type { Cause, Entries } from './explanation.js';
import { PASTE } from './lines.js';
import { NESTED, NOT_DELETED } from './probe-of-headers.js';

/** Where only one way in is open. */
const OTHER_WAY: Cause = {
  when: 'The rule that deletes identity headers holds for ordinary requests alone.',
  mend: 'Delete them in every place that reaches the application, whatever the version or the method.',
  lines: PASTE,
};

const JUDGED_ELSEWHERE: Cause = {
  when: 'The proxy chooses the place by the path as it is written, and the application reads it decoded or shortened.',
  mend: 'Give the place that asks nobody the same lines that delete identity headers, and let the application decide what is public.',
  lines: PASTE,
};

const UPGRADE: Cause = {
  when: 'The proxy has a route of its own for upgrades, and nothing is deleted there.',
  mend: 'Delete identity headers in it as well, and ask the authorization server for it too.',
  lines: PASTE,
};

/** What the probe finds about versions, methods and paths. */
export const PROBE_OF_REQUESTS = {
  'TH-P-HTTP-1-0': {
    means: 'Identity headers of a client get through in a request of HTTP/1.0.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-SECOND': {
    means:
      'Identity headers of a client get through in the second request of a connection: something on the way reads the first alone, and what follows as bytes of a tunnel.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-ABSOLUTE': {
    means:
      'Identity headers of a client get through where the whole URL stands in the request line, as a client of a forward proxy writes it.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-H2': {
    means: 'Identity headers of a client get through over HTTP/2.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-H2-SPELLINGS': {
    means: 'Names with underscores (remote_user) get through over HTTP/2.',
    causes: [
      {
        when: 'The proxy deletes headers by their exact names.',
        mend: 'Delete the other spellings too.',
        lines: PASTE,
      },
    ],
  },
  'TH-P-H2C': {
    means: 'Identity headers of a client get through over HTTP/2 without TLS.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-H2C-UPGRADE': {
    means:
      'An upgrade to HTTP/2 without TLS is passed on. If the application takes it, what follows on that connection passes the proxy unread.',
    causes: [
      {
        when: 'The proxy hands Upgrade and Connection on as they came.',
        mend: 'Pass Upgrade on for WebSockets alone.',
        lines: [
          {
            where: 'nginx',
            text: [
              'set $upgrade "";',
              'if ($http_upgrade ~* "^websocket$") { set $upgrade "websocket"; }',
              'proxy_set_header Upgrade $upgrade;',
            ],
          },
          {
            where: 'HAProxy',
            text: ['http-request del-header Upgrade unless { req.hdr(Upgrade) -i websocket }'],
          },
        ],
      },
      NOT_DELETED,
    ],
  },
  'TH-P-TRAILERS': {
    means:
      'Fields that a client sends behind the body get through. They are no headers, and are deleted here; software that merges them would believe them (RFC 9110 section 6.5).',
    causes: [
      {
        when: 'The proxy hands trailer fields on, as the standard allows.',
        mend: 'Nothing needs to be done for this application. For others, read the request whole at the proxy, which drops them.',
      },
    ],
  },
  'TH-P-LINES-100': {
    means: 'Identity headers of a client get through beside a hundred other lines.',
    causes: [NOT_DELETED],
  },
  'TH-P-LINES-1100': {
    means:
      'Identity headers of a client get through beside eleven hundred other lines. Node shows no more than the first thousand: the proxy’s own may be pushed out of sight.',
    causes: [
      NOT_DELETED,
      {
        when: 'The proxy has no bound on the number of lines.',
        mend: 'Set one: no browser sends more than a hundred.',
        lines: [
          { where: 'nginx 1.29.2 or later', text: ['max_headers 200;'] },
          { where: 'HAProxy, in global', text: ['tune.http.maxhdr 101'] },
          { where: 'Apache httpd', text: ['LimitRequestFields 100'] },
        ],
      },
    ],
  },
  'TH-P-WEBSOCKET': {
    means: 'Identity headers of a client get through with a WebSocket upgrade.',
    causes: [UPGRADE, NOT_DELETED],
  },
  'TH-P-HEAD': {
    means: 'Identity headers of a client get through with HEAD.',
    causes: [NOT_DELETED, OTHER_WAY],
  },
  'TH-P-OPTIONS': {
    means:
      'OPTIONS gets through: with identity headers of a client, or to the application where other methods are asked to sign in.',
    causes: [
      {
        when: 'The proxy lets preflights pass unasked, or asks the authorization server with the client’s own method, which some answer with 200 to OPTIONS.',
        mend: 'Ask by GET whatever the method, and delete identity headers where nobody is asked.',
        lines: PASTE,
      },
      NOT_DELETED,
    ],
  },
  'TH-P-METHOD': {
    means: 'Identity headers of a client get through with a method that --methods names.',
    causes: [OTHER_WAY, NOT_DELETED],
  },
  'TH-P-PATH-ENCODED': {
    means: 'Identity headers of a client get through where a letter of the path is encoded.',
    causes: [JUDGED_ELSEWHERE, NESTED],
  },
  'TH-P-PATH-DOTS': {
    means: 'Identity headers of a client get through where the path goes up and down again.',
    causes: [JUDGED_ELSEWHERE, NESTED],
  },
  'TH-P-PATH-SLASHES': {
    means: 'Identity headers of a client get through where the path begins with two slashes.',
    causes: [JUDGED_ELSEWHERE, NESTED],
  },
} satisfies Partial<Entries<ProbeCaseId>>;
