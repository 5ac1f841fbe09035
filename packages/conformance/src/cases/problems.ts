import { type ConformanceGroup, forbidden, STRANGER, toCase, UNAUTHORIZED } from './build.js';

const BROWSER = 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const rows = [
  {
    id: 'page-for-nobody',
    why: 'people get a page (D2)',
    lines: [BROWSER],
    expect: { ...UNAUTHORIZED, as: 'html' },
  },
  {
    id: 'page-for-a-refusal',
    why: 'people get a page, and it holds nothing of the request (D2)',
    peer: STRANGER,
    lines: [BROWSER, 'Remote-User: <script>alert(1)</script>'],
    expect: { ...forbidden('peer-untrusted'), as: 'html' },
  },
  {
    id: 'page-for-a-denial',
    why: 'people get a page (D2)',
    path: '/admin',
    lines: [BROWSER, 'Remote-User: alice', 'Remote-Groups: dev'],
    expect: { ...forbidden('group-missing'), as: 'html' },
  },
  {
    id: 'page-in-the-language-asked-for',
    why: 'people read what they can (D2)',
    peer: STRANGER,
    lines: [BROWSER, 'Accept-Language: de-AT,de;q=0.9,en;q=0.5', 'Remote-User: mallory'],
    expect: { ...forbidden('peer-untrusted'), as: 'html', language: 'de', links: ['/'] },
  },
  {
    id: 'json-for-anything',
    why: 'a client that takes anything is a program (D2)',
    lines: ['Accept: */*'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'json-preferred',
    why: 'the client says which it likes better (D2)',
    peer: STRANGER,
    lines: ['Accept: text/html;q=0.5, application/json', 'Remote-User: mallory'],
    expect: forbidden('peer-untrusted'),
  },
] as const;

export const problems: ConformanceGroup = {
  title: 'what the client is told',
  cases: rows.map(toCase),
};
