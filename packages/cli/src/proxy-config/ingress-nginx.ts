import type { SignIn } from './auth-server.js';
import { heading } from './heading.js';
import { cannotHideSession } from './hidden-session.js';
import { identitySetByController, kubernetesService, podNetworkNote } from './kubernetes-parts.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** A Kubernetes Ingress for ingress-nginx. */
export function ingressNginx(plan: Plan): ProxyConfig {
  const { domain, name, auth, app, identity, bypass, endpoints } = plan;
  const signIn = endpoints ? signInAddress(plan, endpoints.signIn) : '';
  const notes = [
    ...identitySetByController,
    'paths in no-auth-locations, and Ingresses with enable-global-auth: "false", neither ask nor delete. Do not list paths of this application there.',
    ...(bypass.length > 0
      ? [
          '--bypass cannot be made safe here without a configuration-snippet, which most clusters forbid: the paths are left out, so they need a sign-in too.',
        ]
      : []),
    ...podNetworkNote,
    ...cannotHideSession(plan),
    'the controller asks with all headers of the client: a long URL or many cookies must fit at the authorization server. A program that is not signed in gets 302, not 401.',
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
    nginx.ingress.kubernetes.io/auth-url: ${auth.url}${auth.path}${endpoints?.authRequest}
    nginx.ingress.kubernetes.io/auth-signin: ${signIn}
    # The controller sets each of these from the answer, in place of the client's; an empty value deletes.
    nginx.ingress.kubernetes.io/auth-response-headers: ${identity.join(',')}
    # Room for an answer with a person's groups; the controller uses it for the question too.
    nginx.ingress.kubernetes.io/proxy-buffer-size: "32k"
    nginx.ingress.kubernetes.io/proxy-buffers-number: "8"
    nginx.ingress.kubernetes.io/proxy-busy-buffers-size: "64k"
    # Bodies are streamed, WebSockets stay open.
    nginx.ingress.kubernetes.io/proxy-body-size: "0"
    nginx.ingress.kubernetes.io/proxy-request-buffering: "off"
    nginx.ingress.kubernetes.io/proxy-buffering: "off"
    nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"
    nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"
spec:
  ingressClassName: nginx
  tls:
    - hosts: ["${domain}"]
      secretName: ${name}-tls
  rules:
    - host: "${domain}"
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

function signInAddress({ portal, scheme }: Plan, signIn: SignIn): string {
  const own = `${scheme}://$host`;
  switch (signIn.by) {
    case 'answer':
      return `${portal ?? 'https://auth.example.com'}?rm=$request_method`;
    case 'portal':
      return `${portal}${signIn.path}${own}$escaped_request_uri`;
    case 'path':
      return `${own}${signIn.path}$escaped_request_uri`;
    case 'start':
      return `${own}${signIn.path}?rd=$escaped_request_uri`;
  }
}
