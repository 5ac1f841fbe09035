import { ConfigError } from '@trusted-header/core';

/** Ends the process with 1, and says in words what to change. Only what nobody expected comes with a stack. */
export function exitWithError(error: unknown): never {
  console.error(explain(error) ?? error);
  process.exit(1);
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError) {
    const lines = error.message
      .replaceAll(/^trustedProxies/gm, 'TRUSTED_PROXIES')
      .replaceAll(/^sharedSecret\.values/gm, 'PROXY_SECRET')
      .replaceAll(/^clientCertificate\.names/gm, 'PROXY_CERT_NAMES');
    return `Cannot start. Mend these settings in the environment:\n${lines.replaceAll(/^/gm, '  ')}`;
  }
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'EADDRINUSE':
      return `Cannot start: ${portOf(error)} is taken. Stop what listens there, or set PORT to another one.`;
    case 'EACCES':
      return `Cannot start: this user may not listen on ${portOf(error)}. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'Cannot start: HOST is no address of this machine. Set it to 127.0.0.1.';
    default:
      return undefined;
  }
}

function portOf(error: Error): string {
  return 'port' in error ? `port ${error.port}` : 'the port';
}
