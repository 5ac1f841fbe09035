import { describe, expect, it } from '@jest/globals';
import type { ProbeOutcome, ProbeResult } from '../src/probe/index.js';
import { remedyFor } from '../src/probe/remedy.js';

function outcome(level: ProbeOutcome['level'], ...headers: string[]): ProbeOutcome {
  return {
    id: 'TH-P-PLAIN',
    title: '',
    rule: '',
    vantage: 'front',
    path: '/',
    verdict: 'leak',
    level,
    says: '',
    headers,
  };
}

function result(reads: string[], ...outcomes: ProbeOutcome[]): ProbeResult {
  return {
    url: 'https://files.example.org',
    receiver: 'met',
    reads,
    places: [],
    outcomes,
    leftOut: [],
    requests: 1,
  };
}

const AUTHELIA = ['Remote-User', 'Remote-Groups'];

describe('what to change in the proxy', () => {
  it('is about the headers that arrived, under whatever name, for the host that was probed', () => {
    const leaky = result(AUTHELIA, outcome('error', 'Remote_groups'));
    expect(remedyFor(leaky, 'caddy')).toEqual({
      proxy: 'caddy',
      command:
        'npx @trusted-header/cli proxy-config caddy --app http://app:3000 --auth http://auth:9091 --domain files.example.org --profile authelia',
      lines: expect.arrayContaining([
        'request_header -Remote-Groups',
        'request_header -Remote_Groups',
      ]),
      more: 0,
    });
  });

  it('is about the worst, where there is more', () => {
    const leaky = result(
      AUTHELIA,
      outcome('warning', 'Tailscale-User-Login'),
      outcome('error', 'Remote-User'),
    );
    const lines = remedyFor(leaky, 'nginx')?.lines.join('\n');
    expect(lines).toContain('proxy_set_header Remote-User $th_remote_user;');
    expect(lines).not.toContain('Tailscale');
  });

  // Cut after twelve lines, what was to paste deleted the name and the e-mail address, and did not set them.
  it.each(['nginx', 'caddy', 'haproxy', 'traefik-file'])(
    'is whole for the four headers in %s',
    (proxy) => {
      const headers = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'];
      const remedy = remedyFor(result(headers, outcome('error', ...headers)), proxy);
      expect(remedy?.more).toBe(0);
    },
  );

  it('sets in nginx whatever it deletes', () => {
    const headers = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'];
    const lines = remedyFor(result(headers, outcome('error', ...headers)), 'nginx')?.lines;
    expect(lines).toContain('proxy_set_header Remote-Name $th_remote_name;');
    expect(lines).toContain('proxy_set_header Remote-Email $th_remote_email;');
  });

  it('says how much more there is', () => {
    const leaky = result(AUTHELIA, outcome('warning', 'X-'));
    expect(remedyFor(leaky, 'nginx')?.lines).toHaveLength(32);
    expect(remedyFor(leaky, 'nginx')?.more).toBeGreaterThan(0);
  });

  it('rebuilds Connection', () => {
    const leaky = result(AUTHELIA, outcome('warning', 'Connection'));
    expect(remedyFor(leaky, 'haproxy')?.lines).toContain('http-request del-header Connection');
  });

  it('is for the product whose headers the application reads', () => {
    const leaky = result(['X-authentik-username'], outcome('error', 'X-authentik-groups'));
    expect(remedyFor(leaky, 'nginx')?.command).toMatch(/ --profile authentik$/);
  });

  it.each<[why: string, proxy: string | undefined, ...outcomes: ProbeOutcome[]]>([
    ['nothing has arrived', 'nginx', outcome('none')],
    ['it is worth knowing and no more', 'nginx', outcome('note', 'X-authentik-groups')],
    ['it is past the proxy', 'nginx', { ...outcome('error', 'Remote-User'), vantage: 'direct' }],
    ['nobody knows which proxy it is', undefined, outcome('error', 'Remote-User')],
  ])('is nothing where %s', (_, proxy, ...outcomes) => {
    expect(remedyFor(result(AUTHELIA, ...outcomes), proxy)).toBeUndefined();
  });

  it('is nothing where this proxy cannot be written for this product: what was found is told all the same', () => {
    const leaky = result(['X-Pomerium-Claim-User'], outcome('error', 'X-Pomerium-Claim-User'));
    expect(remedyFor(leaky, 'istio')).toBeUndefined();
  });
});
