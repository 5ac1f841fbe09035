import type { Account } from './accounts.js';

/** Shows who is signed in, and by what. */
export function homePage(account: Account | undefined, named: string | undefined): string {
  const how = account?.id.startsWith('proxy:') ? 'through the proxy' : 'with a password';
  const other = named === undefined ? '' : `<p>The proxy names ${escaped(named)}.</p>`;
  return page(`<h1>Hello ${escaped(account?.name ?? '')}</h1>
<p>You are signed in ${how}.</p>${other}
<form method="post" action="/logout"><button>Sign out</button></form>`);
}

/** Asks for a password, and offers whom the proxy names to come in by that. */
export function loginPage(named: string | undefined, fault?: string): string {
  const told = fault === undefined ? '' : `<p role="alert">${escaped(fault)}</p>`;
  const button = `<button>Go on as ${escaped(named ?? '')}</button>`;
  const proxied = named && `<form method="post" action="/through-the-proxy">${button}</form>`;
  return page(`<h1>Sign in</h1>${told}${proxied ?? ''}
<form method="post" action="/login">
<p><label>Name <input name="name" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Sign in</button> <button formaction="/register">Make an account</button>
</form>`);
}

function page(main: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Accounts</title><main>${main}</main></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
