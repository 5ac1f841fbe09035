import { html } from 'hono/html';
import type { DevUser } from '../options.js';
import { type Html, page } from './page.js';

/** What the sign-in page shows. */
export interface SignInView {
  readonly users: readonly DevUser[];
  readonly current: DevUser | undefined;
  /** Where to go afterwards; empty for nowhere. */
  readonly returnTo: string;
  readonly error?: string | undefined;
  /** What was typed, to mend it. */
  readonly typed?: DevUser | undefined;
}

/** The page on which a listed user is picked, or any other one typed. */
export function signInPage({ users, current, returnTo, error, typed }: SignInView): Html {
  const { user = '', groups = [], name = '', email = '' } = typed ?? {};
  const opened = typed || users.length === 0 ? 'open' : '';
  return page(
    'Sign in',
    html`${current && html`<p>You are <strong>${current.user}</strong>. <a href="/logout">Sign out</a></p>`}
      ${returnTo !== '' && html`<p>to open <code>${returnTo}</code></p>`}
      <form method="post" action="/">
        <input type="hidden" name="rd" value="${returnTo}" />
        <ul class="users">
          ${users.map((each) => userRow(each))}
        </ul>
      </form>
      <details ${opened}>
        <summary>Somebody else</summary>
        ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
        <form method="post" action="/">
          <input type="hidden" name="rd" value="${returnTo}" />
          ${field('user', 'User', user, true)} ${field('groups', 'Groups, with commas between them', groups.join(','))}
          ${field('name', 'Name', name)} ${field('email', 'E-mail', email)}
          <button class="primary">Sign in</button>
        </form>
      </details>`,
  );
}

function userRow({ user, groups = [], name }: DevUser): Html {
  return html`<li>
    <button name="pick" value="${user}">
      <span><strong>${user}</strong>${name !== undefined && html` · ${name}`}</span>
      <small>${groups.join(', ')}</small>
    </button>
  </li>`;
}

function field(name: string, title: string, value: string, isRequired = false): Html {
  return html`<label>
    <span>${title}</span>
    <input name="${name}" value="${value}" autocomplete="off" ${isRequired ? 'required' : ''} />
  </label>`;
}
