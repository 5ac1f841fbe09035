import { heading } from './heading.js';
import { identitySetByController, kubernetesService, podNetworkNote } from './kubernetes-parts.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** A Kubernetes Ingress for ingress-nginx. */
export function ingressNginx(plan: Plan): ProxyConfig {
  const { domain, name, server, auth, app, portal, identity, bypass, scheme } = plan;
  const signIn =
    server.id === 'authelia'
      ? `${portal ?? 'https://auth.example.com'}?rm=$request_method`
      : `${scheme}://$host${(server.signInPath ?? '').replace(/rd=$/, '')}rd=$escaped_request_uri`;
  const notes = [
    ...identitySetByController,
    'paths in no-auth-locations, and Ingresses with enable-global-auth: "false", neither ask nor delete. Do not list paths of this application there.',
    ...(bypass.length > 0
      ? [
          '--bypass cannot be made safe here without a configuration-snippet, which most clusters forbid: the paths are left out, so they need a sign-in too.',
        ]
      : []),
    ...podNetworkNote,
    'the ingress-nginx project has announced its retirement: prefer gateway-api or istio for something new.',
    'this was written from the documentation and not run.',
  ];
  const { service, namespaceNote } = kubernetesService(app);
  const text = `${heading(plan, 'Ingress for ingress-nginx', notes)}

# In the controller's ConfigMap; both are its defaults, and Remote_User and Remote.User pass without them:
#   enable-underscores-in-headers: "false"
#   ignore-invalid-headers: "true"
${namespaceNote}apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
    nginx.ingress.kubernetes.io/auth-method: GET
    nginx.ingress.kubernetes.io/auth-url: ${auth.url}${server.authRequestPath}
    nginx.ingress.kubernetes.io/auth-signin: ${signIn}
    # The controller sets each of these from the answer, in place of the client's; an empty value deletes.
    nginx.ingress.kubernetes.io/auth-response-headers: ${identity.join(',')}
    # Bodies are streamed, WebSockets stay open.
    nginx.ingress.kubernetes.io/proxy-body-size: "0"
    nginx.ingress.kubernetes.io/proxy-request-buffering: "off"
    nginx.ingress.kubernetes.io/proxy-buffering: "off"
    nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"
    nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [${domain}]
      secretName: ${name}-tls
  rules:
    - host: ${domain}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${service}
                port:
                  number: ${app.port}
`;
  return { text, warnings: notes };
}
