// An application that trusts the certificate of key-server.mjs by NODE_EXTRA_CA_CERTS, which Node reads at its start only.
import { createVerifier, genericAssertion } from '@trusted-header/assertion';

const [jwks, token] = process.argv.slice(2);
const provider = genericAssertion({
  header: 'X-Jwt',
  issuer: 'sso',
  audience: 'app',
  algorithms: ['ES256'],
  jwks,
  user: 'sub',
});
const verifier = createVerifier(provider, { log: false });
process.stdout.write(JSON.stringify([await verifier.ready(), await verifier.verify(token)]));
