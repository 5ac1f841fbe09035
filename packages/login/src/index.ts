export type {
  Login,
  LoginOptions,
  LoginRequest,
  LoginResult,
} from './adapter/create-login.js';
export { createLogin } from './adapter/create-login.js';
export type { Register, RegisteredRole, RegisteredUser } from './adapter/register.js';
export { defineLogin } from './adapter/register.js';
export type { RoleGuard } from './adapter/role-guard.js';
export { roleGuard, userGuard } from './adapter/role-guard.js';
export type { SessionLibrary } from './adapter/session-library.js';
export { signInAgainTo, signOutOf } from './adapter/sign-out.js';
export type { RoleMap, Roles, RolesOptions } from './roles/define-roles.js';
export { defineRoles } from './roles/define-roles.js';
export { groupsFromText } from './roles/groups-from-text.js';
export type { SessionBinding } from './session/binding.js';
export { bindIdentity } from './session/binding.js';
export type { SignInHold } from './session/hold.js';
export { holdSignIn } from './session/hold.js';
export type { ReconcileOptions, SessionAction } from './session/reconcile-session.js';
export { reconcileSession, stillBound } from './session/reconcile-session.js';
export { expressSession } from './sessions/express-session.js';
export { fastifySession } from './sessions/fastify-session.js';
export type { SessionKeys } from './sessions/keyed-session.js';
export { keyedSession } from './sessions/keyed-session.js';
export { sessionIn } from './sessions/session-in.js';
export type {
  SignIn,
  SignInFacts,
  SignInOptions,
  SignInOutcome,
} from './sign-in/create-sign-in.js';
export { createSignIn } from './sign-in/create-sign-in.js';
export type { RequestSession } from './sign-in/request-session.js';
export type { NavigationFacts } from './urls/prefers-navigation.js';
export { prefersNavigation } from './urls/prefers-navigation.js';
export { safeReturnTo } from './urls/safe-return-to.js';
export type { SignInRedirect, SignInWay } from './urls/sign-in-redirect.js';
export { refusalHandler, signInRedirect } from './urls/sign-in-redirect.js';
export type { ProfileLike, SignUrlOptions } from './urls/sign-urls.js';
export { signInUrl, signOutUrl } from './urls/sign-urls.js';
export type { LookupContext } from './users/ask.js';
export type {
  MaybePromise,
  UserResolver,
  UserResolverOptions,
} from './users/create-user-resolver.js';
export { createUserResolver } from './users/create-user-resolver.js';
export type { UserLookupErrorCode } from './users/user-lookup-error.js';
export { UserLookupError } from './users/user-lookup-error.js';
