/**
 * What a proxy, a template or a script leaves where it had nothing to fill in, and what no account is called (H4):
 * `$remote_user` (nginx), `${user}` (shell), `{http.reverse_proxy.header.Remote-User}` (Caddy), `@{user}`, `#{user}`
 * (Ruby), `%{REMOTE_USER}e` (Apache), `%[var(user)]` (HAProxy), `%(user)s` (Python), `%REQ(X-USER)%` (Envoy),
 * `%!s(<nil>)` (Go).
 */
const VARIABLE =
  /^(?:\$\w+|[$@#]?\{.*\}|%\{.*\}\w*|%\[.*\]|%\(.*\)s|%\w+\(.*\)(?::\d+)?%|%!\w\(.*\))$/s;

/** Nothing, as C, Go, Go's templates, JavaScript and log formats write it. `null` and `None` are names. */
const NOTHING = /^(?:\(null\)|\(nil\)|<nil>|<no value>|\[object Object\]|-)$/;

/** Nothing, as Lua writes it. */
const LUA_NULL = 'userdata: NULL';

/** Tells whether a value is a variable that some proxy should have replaced. */
export function isPlaceholder(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x23: // #
    case 0x24: // $
    case 0x25: // %
    case 0x40: // @
    case 0x7b: // {
      return VARIABLE.test(text);
    case 0x28: // (
    case 0x2d: // -
    case 0x3c: // <
    case 0x5b: // [
      return NOTHING.test(text);
    default:
      return text === LUA_NULL;
  }
}
