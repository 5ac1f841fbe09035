/** The host name that browsers use. The development portal answers for names of this machine only. */
export const DOMAIN = 'app.localhost';
export const ORIGIN = `https://${DOMAIN}`;
export const PORTAL_PORT = 9091;
/** The sign-in page, as browsers know it. Authelia wants https, and another host than the application's. */
export const PORTAL_ORIGIN = process.env['AUTHELIA']
  ? `https://auth.${DOMAIN}`
  : `http://${DOMAIN}:${PORTAL_PORT}`;
/** A path that the generated configuration lets everybody reach, without asking. */
export const OPEN_PREFIX = '/static';
