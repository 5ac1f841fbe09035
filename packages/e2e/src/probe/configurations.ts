import { BYPASS_PREFIX } from '../portal/settings.js';
import type { User } from '../portal/users.js';
import type { Program } from '../proxies/programs.js';
import type { Edits } from '../proxies/start-proxy.js';
import { APACHE_UNSETS, copyHeaders, copyHeadersIfThere, nestLocation, without } from './edits.js';
import { ASKED_PATHS } from './paths.js';

/** A configuration of a proxy that is probed. */
export interface ProbedConfiguration {
  readonly program: Program;
  /** Stable name, for the table. */
  readonly id: string;
  /** What it is, and who has it. */
  readonly what: string;
  readonly edits?: Edits;
  /** Default: `PROBE_PATHS`. */
  readonly paths?: readonly string[];
  /** Whose session the probe has. Default: John's. */
  readonly user?: User | 'nobody';
  /** The worst that is found: `error` is somebody who can be somebody else. */
  readonly worst: 'nothing' | 'warning' | 'error';
  /** Cases that must be among what is found, if anything is. */
  readonly finds?: readonly string[];
}

const GENERATED = {
  id: 'generated',
  what: 'as `proxy-config` writes it',
  worst: 'nothing',
} as const;

/** Generated ones, known-bad ones of the other tests, and those that people copy. */
export const CONFIGURATIONS: readonly ProbedConfiguration[] = [
  { program: 'nginx', ...GENERATED },
  {
    program: 'nginx',
    id: 'no-user-line',
    what: 'the location does not set the user',
    edits: { nginx: without(/^ *proxy_set_header Remote-User \$th_remote_user;\n/m) },
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-WEBSOCKET', 'TH-P-H2'],
  },
  {
    program: 'nginx',
    id: 'no-four-lines',
    what: 'nowhere are the four headers set, as most examples have it that only ask `auth_request`',
    edits: { nginx: without(/^ *proxy_set_header Remote-(?:User|Groups|Name|Email) .*\n/gm) },
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-GROUPS'],
  },
  {
    program: 'nginx',
    id: 'nested-location',
    what: 'one nested location sets a header of its own, and so inherits none',
    edits: { nginx: nestLocation },
    paths: ['/', '/nested/probe'],
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-USER'],
  },
  {
    program: 'nginx',
    id: 'underscores-on',
    what: '`underscores_in_headers on`, for some other application',
    edits: {
      nginx: (text) => text.replaceAll('underscores_in_headers off', 'underscores_in_headers on'),
    },
    worst: 'warning',
    finds: ['TH-P-UNDERSCORE'],
  },
  {
    program: 'nginx',
    id: 'no-host-check',
    what: 'the host is not checked: the portal may judge another one. Nothing of a claim arrives',
    edits: { nginx: without(/^ *if \(\$http_host[^}]*\}\n/m) },
    worst: 'nothing',
  },
  {
    program: 'nginx',
    id: 'session-passed',
    what: 'the portal’s cookie is passed on. Nothing of a claim arrives',
    edits: { nginx: without(/^ *proxy_set_header Cookie \$th_cookie;\n/gm) },
    worst: 'nothing',
  },
  ...(['caddy', 'caddy-current'] as const).flatMap((program): ProbedConfiguration[] => [
    { program, ...GENERATED },
    {
      program,
      id: 'no-user-line',
      what: 'the user is not deleted first',
      edits: { [program]: without(/^\s*request_header -Remote-User\n/m) },
      worst: 'error',
      finds: ['TH-P-PLAIN', 'TH-P-USER'],
    },
  ]),
  {
    program: 'caddy',
    id: 'copy-headers',
    what: '`forward_auth` with `copy_headers`, as Caddy 2.6 to 2.8 had it: each header is set, with whatever comes of it',
    edits: { caddy: copyHeaders },
    user: 'bare',
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-GROUPS'],
  },
  {
    program: 'caddy',
    id: 'copy-headers-nobody',
    what: 'the same, for nobody, where the portal lets everybody in: the placeholder that Caddy sends then',
    edits: { caddy: copyHeaders },
    paths: [BYPASS_PREFIX],
    user: 'nobody',
    worst: 'warning',
    finds: ['TH-P-PLACEHOLDER'],
  },
  {
    program: 'caddy-current',
    id: 'copy-headers-2.9',
    what: 'the rule of `copy_headers` in Caddy 2.9.0 to 2.11.1 (CVE-2026-30851), for somebody without groups',
    edits: { 'caddy-current': copyHeadersIfThere },
    paths: ASKED_PATHS,
    user: 'bare',
    worst: 'error',
    finds: ['TH-P-GROUPS', 'TH-P-PLAIN'],
  },
  { program: 'haproxy', ...GENERATED },
  {
    program: 'haproxy',
    id: 'no-user-line',
    what: 'the user is not deleted first',
    edits: { haproxy: without(/^ *http-request del-header \^remote\S*user\S*.*\n/m) },
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-USER'],
  },
  {
    program: 'haproxy',
    id: 'no-deletion',
    what: 'the public script by itself: it sets what the answer has, and deletes nothing',
    edits: {
      haproxy: without(
        /^ *(?:http-request del-header \^.*|option http-restrict-req-hdr-names .*)\n/gm,
      ),
    },
    user: 'bare',
    worst: 'error',
    finds: ['TH-P-GROUPS', 'TH-P-PLAIN'],
  },
  { program: 'apache', ...GENERATED },
  {
    program: 'apache',
    id: 'no-unset',
    what: 'Apache deletes nothing, and nginx behind it sets what it should: nothing arrives',
    edits: { apache: without(APACHE_UNSETS) },
    worst: 'nothing',
  },
  {
    program: 'apache',
    id: 'no-unset-twice',
    what: 'Apache deletes nothing, and nginx behind it does not set the user',
    edits: {
      apache: without(APACHE_UNSETS),
      nginx: without(/^ *proxy_set_header Remote-User \$th_remote_user;\n/m),
    },
    worst: 'error',
    finds: ['TH-P-PLAIN', 'TH-P-USER'],
  },
];
