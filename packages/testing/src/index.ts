export type { LoginClient, LoginRequest } from './client/create-browser.js';
export type { LoginResponse } from './client/send-request.js';
export type { LoginCheckOptions } from './login/login-check-options.js';
export type { LoginCheck } from './login/login-checks.js';
export { checkLogin, loginChecks } from './login/login-checks.js';
export type { AsUserOptions } from './user/as-user.js';
export { asUser } from './user/as-user.js';
export type { IdentityHeadersOptions } from './user/identity-headers.js';
export { identityHeaders } from './user/identity-headers.js';
