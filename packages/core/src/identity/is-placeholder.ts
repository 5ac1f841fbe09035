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

/** `table: 0x0` */
const SHORTEST_LUA_VALUE = 10;

/** Tells whether a value is a variable that some proxy should have replaced. */
export function isPlaceholder(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x23: // #
    case 0x24: // $
    case 0x25: // %
    case 0x40: // @
    case 0x7b: // {
      return VARIABLE.test(text);
    case 0x26: // &
    case 0x28: // (
    case 0x2d: // -
    case 0x3c: // <
    case 0x5b: // [
    case 0x4d: // M
    case 0x6d: // m
      return NOTHING.test(text);
    case 0x46: // F
    case 0x54: // T
    case 0x55: // U
    case 0x66: // f
    case 0x74: // t
    case 0x75: // u
      return text.length >= SHORTEST_LUA_VALUE && text.includes(': ') && LUA_VALUE.test(text);
    default:
      return false;
  }
}
