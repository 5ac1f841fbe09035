import { expect, it } from '@jest/globals';
import * as core from '../src/index.js';
import * as profiles from '../src/profiles/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(core).sort()).toEqual([
    'ConfigError',
    'anyUser',
    'auditTrustedProxies',
    'authorize',
    'compileAdmission',
    'compileAnonymous',
    'compileGuard',
    'compilePolicy',
    'compileTrust',
    'configIssue',
    'createAuthenticator',
    'createSlot',
    'factsFromFetch',
    'isAuthenticator',
    'isOpenPath',
    'keepDecision',
    'keptDecision',
    'lowerCase',
    'prefersHtml',
    'problemOf',
    'refusalOf',
    'renderProblem',
    'resolveAdapterOptions',
    'setupOf',
    'shareState',
    'sharedState',
    'stateOf',
    'tellDenial',
    'tellRefusal',
    'trimOws',
  ]);
  expect(Object.keys(profiles)).toEqual([
    'authelia',
    'authentik',
    'azureEasyAuth',
    'caddySecurity',
    'gatekeeper',
    'kubernetes',
    'linkerd',
    'oauth2Proxy',
    'oauth2ProxyAuthRequest',
    'pomerium',
    'sandstorm',
    'tailscale',
    'tinyauth',
    'vouch',
  ]);
});
