import { describe, expect, it } from '@jest/globals';
import { type ProblemLinks, type Refusal, renderProblem } from '../src/index.js';
import { fastest } from './fastest.js';

const NOBODY: Refusal = { kind: 'anonymous', trusted: true };
const REFUSED: Refusal = { kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.5' };

/** One for each piece of advice. */
const ALL: readonly Refusal[] = [
  NOBODY,
  REFUSED,
  { kind: 'denied', reason: 'group-missing' },
  { kind: 'denied', reason: 'user-unknown' },
  { kind: 'unavailable', reason: 'user-unavailable' },
  { kind: 'unavailable', reason: 'undecided' },
];

/** What a browser gets. */
function pageFor(acceptLanguage: string | undefined, refusal = NOBODY, links: ProblemLinks = {}) {
  return renderProblem(refusal, { accept: 'text/html', acceptLanguage, ...links });
}

/** What people read on a page, but for the code: a line each. */
function sentencesFor(language: string, refusal: Refusal): string[] {
  const { body } = pageFor(language, refusal, { signIn: '/in' });
  const main = /<main>\n(.*)\n<p><code>/s.exec(body)?.[1] ?? '';
  return main.split('\n').map((line) => line.replaceAll(/<[^>]+>/g, ''));
}

describe('the language of a problem page (RFC 9110 section 12.5.4)', () => {
  it.each([
    [undefined, 'en', 'nothing is said'],
    ['', 'en', 'nothing is said'],
    ['de', 'de', 'German'],
    ['fr', 'fr', 'French'],
    ['es', 'es', 'Spanish'],
    ['zh', 'zh', 'Chinese'],
    ['en', 'en', 'English'],
    ['DE', 'de', 'tags have no case'],
    ['de-AT', 'de', 'Austrian German is German'],
    ['zh-Hans-CN', 'zh', 'a script and a region'],
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh', 'what Chrome sends'],
    ['en;q=0.5, fr;q=0.8, de;q=0.7', 'fr', 'the heaviest'],
    ['es, de', 'es', 'the first of equals'],
    ['cs, de;q=0.3', 'de', 'one that we have'],
    ['cs', 'en', 'one that we have not'],
    ['*', 'en', 'any'],
    ['cs, *;q=0.1', 'en', 'any other'],
    ['fr;q=0.2, *', 'en', 'any other rather than French'],
    ['en;q=0, *', 'de', 'any but English'],
    ['de;q=0', 'en', 'not German'],
    ['de;q=0, de-AT', 'de', 'Austrian German is asked for'],
    ['de;q=0.50001, fr;q=0.4', 'fr', 'no weight (RFC 9110 section 12.4.2)'],
    ['de;q=2, fr', 'fr', 'no weight'],
    [' de ; q=0.9 ,\tfr;q=0.8', 'de', 'white space'],
    ['den', 'en', 'another language that begins so'],
    ['de_AT', 'en', 'no tag'],
    ['constructor, __proto__;q=0.9', 'en', 'no tag'],
    [';;;,,q=1,-', 'en', 'nonsense'],
    [`${'x,'.repeat(2048)}de`, 'en', 'what comes after 4 096 characters'],
    [`${'x,'.repeat(2000)}de`, 'de', 'what comes before'],
  ])('for Accept-Language %j is %j: %s', (acceptLanguage, language, _why) => {
    const { headers, body } = pageFor(acceptLanguage);
    expect(headers).toMatchObject({
      'content-language': language,
      vary: 'Accept, Accept-Language',
    });
    expect(body).toContain(`<html lang="${language}">`);
  });

  it('costs next to nothing, whatever is asked for', () => {
    const longest = `${'*,'.repeat(2040)}zh,es,fr,de,en`;
    const ask = () => expect(pageFor(longest).headers['content-language']).toBe('zh');
    // Before `*` was looked up once, it took a fifth of a second.
    expect(fastest(ask)).toBeLessThan(50);
  });

  it.each([
    ['en', 'Not signed in', 'No access'],
    ['de', 'Nicht angemeldet', 'Kein Zugriff'],
    ['fr', 'Connexion requise', 'Accès refusé'],
    ['es', 'Sesión no iniciada', 'Acceso denegado'],
    ['zh', '尚未登录', '无法访问'],
  ])('%s says both things in its own words', (language, nobody, refused) => {
    expect(pageFor(language).body).toContain(`<h1>${nobody}</h1>`);
    expect(pageFor(language, REFUSED).body).toContain(`<h1>${refused}</h1>`);
  });

  it('has a sentence of its own for everything that a page says, in every language', () => {
    const sentences = ['en', 'de', 'fr', 'es', 'zh'].map((language) => [
      ...new Set(ALL.flatMap((refusal) => sentencesFor(language, refusal))),
    ]);
    // Three headings, six pieces of advice and two links.
    expect(sentences.map((said) => said.length)).toEqual([11, 11, 11, 11, 11]);
    expect(new Set(sentences.flat()).size).toBe(55);
    expect(sentences.flat()).not.toContain('');
  });

  it('leaves problem+json as it is', () => {
    const { headers, body } = renderProblem(NOBODY, { accept: '*/*', acceptLanguage: 'de' });
    expect(headers).not.toHaveProperty('content-language');
    expect(body).toContain('"title":"Unauthorized"');
  });

  it('shows nothing of what was asked for', () => {
    const { headers, body } = pageFor('"><script>alert(1)</script>, de-"><b>');
    expect(`${JSON.stringify(headers)}${body}`).not.toMatch(/script|<b>|alert/);
  });
});

describe('the links of a problem page', () => {
  const signIn = 'https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F';

  it('lead to the start page', () => {
    expect(pageFor('de').body).toContain('<a href="/">Zur Startseite</a>');
    expect(pageFor('de', REFUSED, { start: '/docs' }).body).toContain('<a href="/docs">');
  });

  it('lead to the sign-in page those who are nobody, and nobody else', () => {
    expect(pageFor('fr', NOBODY, { signIn }).body).toContain(
      `<p><a href="${signIn}">Se connecter</a>\n<a href="/">Aller à la page d’accueil</a></p>`,
    );
    const start = '<p><a href="/">Aller à la page d’accueil</a></p>';
    expect(pageFor('fr', REFUSED, { signIn }).body).toContain(start);
    expect(pageFor('fr').body).toContain(start);
    expect(pageFor('fr', REFUSED, { signIn }).body).not.toContain('auth.example.com');
    expect(pageFor('fr').body).not.toContain('Se connecter');
  });

  it('cannot leave their attribute', () => {
    const { body } = pageFor('en', NOBODY, { signIn: `https://x/"><script>'&`, start: '/' });
    expect(body).toContain('<a href="https://x/&#34;&#62;&#60;script&#62;&#39;&#38;">Sign in</a>');
  });
});

it('a problem page has one main part and one heading', () => {
  const { body } = pageFor('en');
  expect(body.match(/<main>/g)).toHaveLength(1);
  expect(body.match(/<h1>/g)).toHaveLength(1);
  expect(body).toMatch(/:focus-visible\{outline/);
});
