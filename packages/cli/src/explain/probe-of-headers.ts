import type { ProbeCaseId } from '../probe/case-id.js';
import type { Cause, Entries } from './explanation.js';
import { DELETE_FIRST, PASTE } from './lines.js';

/** The cause of most findings, and what mends it. */
export const NOT_DELETED: Cause = {
  when: 'The proxy does not delete that header from what a client sends.',
  mend: 'Delete it before the authorization server is asked, and set it from its answer alone.',
  lines: DELETE_FIRST,
};

/** Where one place of a configuration differs from the rest. */
export const NESTED: Cause = {
  when: 'One location, route or router of the proxy lacks what the others have. In nginx a location with a single proxy_set_header of its own inherits none of the server’s.',
  mend: 'Write the same lines in every place that reaches the application; probe each with --path.',
  lines: PASTE,
};

/** What the probe finds about header lines. */
export const PROBE_OF_HEADERS = {
  'TH-P-PLAIN': {
    means:
      'Identity headers of a client reach the application as if the proxy had written them. Where they are believed, anybody is anybody.',
    causes: [NOT_DELETED, NESTED],
  },
  'TH-P-USER': {
    means: 'A client’s own user header reaches the application where it comes alone.',
    causes: [NOT_DELETED, NESTED],
  },
  'TH-P-GROUPS': {
    means:
      'A client’s own groups header reaches the application. Somebody with an account is in whatever group they say.',
    causes: [
      {
        when: 'The proxy replaces the header only where the authorization server’s answer has it, as Caddy’s copy_headers does from 2.9.0 to 2.11.1 (CVE-2026-30851).',
        mend: 'Upgrade Caddy to 2.11.2 or later, or delete all identity headers before forward_auth.',
        lines: PASTE,
      },
      NOT_DELETED,
      NESTED,
    ],
  },
  'TH-P-NAME': {
    means: 'A client’s own name reaches the application. Somebody can be shown as somebody else.',
    causes: [NOT_DELETED, NESTED],
  },
  'TH-P-EMAIL': {
    means:
      'A client’s own e-mail address reaches the application. Where accounts are found by it, somebody is somebody else.',
    causes: [NOT_DELETED, NESTED],
  },
  'TH-P-EXTRA': {
    means:
      'Another header that the application reads reaches it as a client sends it: further values of its profile, such as a tenant or roles, or the headers of a second profile.',
    causes: [NOT_DELETED, NESTED],
  },
  'TH-P-TWO-LINES': {
    means:
      'A user that a client sends in two lines reaches the application. It is refused here; software that joins the lines, or takes the first or the last, believes one of them.',
    causes: [NOT_DELETED],
  },
  'TH-P-UNDERSCORE': {
    means:
      'Names with underscores (Remote_User) reach the application. They are refused here; software that turns _ into - takes them for the real ones (CGI, WSGI, PHP).',
    causes: [
      {
        when: 'nginx has underscores_in_headers on, or the proxy deletes headers by their exact names.',
        mend: 'Delete the other spellings too.',
        lines: [
          { where: 'nginx', text: ['underscores_in_headers off;'] },
          { where: 'Caddy', text: ['request_header -Remote_User'] },
          {
            where: 'Traefik 3.7 or later, in its start',
            text: ['--entrypoints.websecure.http.aliasHeadersStrategy=delete'],
          },
        ],
      },
    ],
  },
  'TH-P-DOT': {
    means:
      'Names with dots (Remote.User) reach the application. They are refused here; software that turns a dot into another character takes them for the real ones.',
    causes: [
      {
        when: 'The proxy deletes headers by their exact names, and Traefik’s labels cannot name one with a dot.',
        mend: 'Delete the other spellings too.',
        lines: [
          { where: 'nginx', text: ['ignore_invalid_headers on;'] },
          { where: 'Caddy', text: ['request_header -Remote.User'] },
          {
            where: 'Traefik 3.7 or later, in its start',
            text: ['--entrypoints.websecure.http.aliasHeadersStrategy=delete'],
          },
        ],
      },
    ],
  },
  'TH-P-LETTER-CASE': {
    means:
      'A name in another letter case reaches the application. Header names have no case: it is the real one.',
    causes: [
      {
        when: 'The proxy, or a script in it, compares names letter by letter.',
        mend: 'Compare names without regard to case, or let the proxy’s own directive delete them.',
        lines: PASTE,
      },
    ],
  },
  'TH-P-SPACE-COLON': {
    means:
      'A line with a space before the colon gets through. RFC 9112 forbids it, since one program takes the space for a part of the name and another one does not.',
    causes: [
      {
        when: 'The proxy parses leniently, or is old.',
        mend: 'Upgrade it, and turn off options that accept invalid requests, such as HAProxy’s accept-invalid-http-request.',
      },
    ],
  },
  'TH-P-OBS-FOLD': {
    means:
      'A header line that goes on in the next one gets through, with a client’s value in it. RFC 9112 has done away with such lines.',
    causes: [
      {
        when: 'The proxy joins the lines after it has looked for the header, or hands them on as they are.',
        mend: 'Upgrade it, and delete the header; a proxy that joins them first deletes it like any other.',
        lines: DELETE_FIRST,
      },
    ],
  },
  'TH-P-CONNECTION': {
    means:
      'A client names the proxy’s own headers in Connection, and that reaches the application, or makes them disappear on the way. Whoever loses a group may pass a rule that denies by it.',
    causes: [
      {
        when: 'The proxy forwards Connection as it came, or obeys it after it has set the headers, as Go’s reverse proxy does.',
        mend: 'Rebuild Connection: delete the client’s, and set it only for WebSockets.',
        lines: [
          { where: 'nginx', text: ['proxy_set_header Connection "";'] },
          { where: 'Caddy', text: ['request_header -Connection'] },
          { where: 'HAProxy', text: ['http-request del-header Connection'] },
          {
            where: 'Traefik, a middleware of the router',
            text: ['traefik.http.middlewares.plain.headers.customrequestheaders.Connection='],
          },
        ],
      },
    ],
  },
} satisfies Partial<Entries<ProbeCaseId>>;
