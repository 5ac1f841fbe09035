/**
 * What a proxy, a template or a script leaves where it had nothing to fill in, and what no account is called (H4):
 * `$remote_user` (nginx), `$request.header.x` (OpenAPI), `${user}` and `$(user)` (shell, make),
 * `{http.reverse_proxy.header.Remote-User}` (Caddy), `@{user}`, `#{user}` (Ruby), `%{REMOTE_USER}e` (Apache),
 * `%[var(user)]` (HAProxy), `%(user)s` (Python), `%REQ(X-USER)%` and `%PEER_SUBJECT%` (Envoy), `%!s(<nil>)` (Go).
 */
const VARIABLE =
  /^(?:\$\w+(?:\.[\w-]+)*|\$\(.*\)|[$@#]?\{.*\}|%\{.*\}\w*|%\[.*\]|%\(.*\)s|%\w+\(.*\)(?::\d+)?%|%[A-Z][A-Z\d_]*%|%!\w?\(.*\))$/s;

/** Nothing, or a value without a text, as C, Go, JavaScript, templates and logs write it. `null` and `None` are names. */
const NOTHING =
  /^(?:\((?:null|nil|none|undefined)\)|<(?:nil|null|none|undefined|no value)>|<[%?].*[%?]>|\[object \w+\]|\[\]|&?map\[.*\]|&\{.*\}|-)$/is;

/** A value without a text, as Lua writes it. */
const LUA_VALUE =
  /^(?:userdata|table|function|thread): (?:NULL|\(nil\)|(?:builtin: )?0x[\da-f]+)$/i;

/** Tells whether a value is a variable that some proxy should have replaced. */
export function isPlaceholder(text: string): boolean {
  const first = text.charAt(0);
  if ('#$%@{'.includes(first)) return VARIABLE.test(text);
  if ('&(-<[Mm'.includes(first)) return NOTHING.test(text);
  return 'FTUftu'.includes(first) && LUA_VALUE.test(text);
}
