import type { Endpoint } from './plan.js';

/** In a pod network an address proves little. */
export const podNetworkNote = [
  'pods come and go with their addresses, and whatever pod gets the proxy’s address can be anyone: add a NetworkPolicy that admits only the proxy’s pods to the application, or a mesh with mutual TLS.',
];

/** Who deletes and sets on ingress-nginx. */
export const identitySetByController = [
  'the controller rebuilds Connection, sets X-Original-URL, X-Original-Method and X-Forwarded-* itself, and passes WebSockets on.',
];

/** The Service behind an address such as `http://app.shop.svc:3000`. */
export function kubernetesService({ host }: Endpoint): { service: string; namespaceNote: string } {
  const [service = host, namespace] = host.split('.');
  return {
    service,
    namespaceNote:
      namespace === undefined ? '' : `# In the namespace of the application: ${namespace}\n`,
  };
}
