import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { Issuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { EnvoyProxy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyProxy';
import { BackendTLSPolicy } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/BackendTLSPolicy';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { parse, parseAllDocuments } from 'yaml';
import { strategicMerge } from './strategic-merge.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
/** Checked by their schemas below, and read as they are. */
// biome-ignore lint/suspicious/noExplicitAny: what a YAML file holds
const documents = (path: string): readonly any[] =>
  parseAllDocuments(read(path)).map((document) => document.toJS());

const kustomization = parse(read('kubernetes-mtls/kustomization.yaml'));
const added = ['certificates.yaml', 'gateway-tls.yaml'].flatMap((file) =>
  documents(`kubernetes-mtls/${file}`),
);
const named = (kind: string, name: string) =>
  added.find((object) => object.kind === kind && object.metadata.name === name);
// biome-ignore lint/suspicious/noExplicitAny: what a YAML file holds
const patched = (base: string, patch: string): any => {
  const [change] = documents(`kubernetes-mtls/${patch}`);
  const target = documents(`kubernetes/${base}`).find(
    ({ kind, metadata }) => kind === change.kind && metadata.name === change.metadata.name,
  );
  if (!target) throw new Error(`nothing is patched by ${patch}`);
  return strategicMerge(target, change);
};
const app = patched('app.yaml', 'app-patch.yaml');
const gateway = patched('gateway.yaml', 'gateway-patch.yaml');
const [container] = app.spec.template.spec.containers;
const env = Object.fromEntries(
  container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
);

const MODELS = { BackendTLSPolicy, Certificate, Deployment, EnvoyProxy, Gateway, Issuer };

describe('the manifests with mutual TLS', () => {
  it.each([...added, app, gateway])(
    'have a $kind “$metadata.name” that its schema accepts',
    (object) => {
      const Model = Object.entries(MODELS).find(([kind]) => kind === object.kind)?.[1];
      if (!Model) throw new Error(`there is no schema for ${object.kind}`);
      expect(() => new Model(object).validate()).not.toThrow();
    },
  );

  it('are all that are applied, on top of the others', () => {
    expect(kustomization.resources).toEqual([
      '../kubernetes',
      'certificates.yaml',
      'gateway-tls.yaml',
    ]);
    expect(kustomization.patches).toEqual([
      { path: 'app-patch.yaml' },
      { path: 'gateway-patch.yaml' },
    ]);
    expect(kustomization.namespace).toBe(parse(read('kubernetes/kustomization.yaml')).namespace);
  });

  it('trust the range of all pods, and beside it the gateway’s certificate alone', () => {
    const { dnsNames, usages } = named('Certificate', 'gateway-client').spec;
    expect(env).toMatchObject({
      TRUSTED_PROXIES: '10.244.0.0/16',
      PROXY_CERT_NAMES: 'gateway.trusted-header.svc',
    });
    expect([dnsNames, usages]).toEqual([['gateway.trusted-header.svc'], ['client auth']]);
    // The app's own is of the same authority, and must not do.
    const own = named('Certificate', 'app-tls').spec;
    expect([own.dnsNames, own.usages]).toEqual([['app.trusted-header.svc'], ['server auth']]);
  });

  it('mount the app’s certificate, its key and the authority where the app looks for them', () => {
    const [mount] = container.volumeMounts;
    const [volume] = app.spec.template.spec.volumes;
    expect(volume).toEqual({ name: 'tls', secret: { secretName: 'app-tls' } });
    expect(named('Certificate', 'app-tls').spec.secretName).toBe('app-tls');
    // A single file (subPath) would never change.
    expect(mount).toEqual({ name: 'tls', mountPath: '/run/tls', readOnly: true });
    expect([env.TLS_CERT, env.TLS_KEY, env.TLS_CLIENT_CA]).toEqual([
      '/run/tls/tls.crt',
      '/run/tls/tls.key',
      '/run/tls/ca.crt',
    ]);
  });

  it('let the kubelet look by TLS, on the same path and port', () => {
    expect(container.readinessProbe.httpGet).toEqual({
      path: '/healthz',
      port: 'http',
      scheme: 'HTTPS',
    });
  });

  it('have Envoy show its certificate, out of its own namespace, and verify the app’s', () => {
    const { clientCertificateRef } = named('EnvoyProxy', 'app-example-com').spec.backendTLS;
    expect(clientCertificateRef).toEqual({
      kind: 'Secret',
      name: named('Certificate', 'gateway-client').spec.secretName,
      namespace: kustomization.namespace,
    });
    expect(gateway.spec.infrastructure.parametersRef).toEqual({
      group: 'gateway.envoyproxy.io',
      kind: 'EnvoyProxy',
      name: 'app-example-com',
    });
    const { targetRefs, validation } = named('BackendTLSPolicy', 'app').spec;
    expect(targetRefs).toEqual([{ group: '', kind: 'Service', name: 'app' }]);
    expect(validation.hostname).toBe('app.trusted-header.svc');
    expect(validation.caCertificateRefs).toEqual([{ group: '', kind: 'Secret', name: 'app-tls' }]);
  });

  it('renew certificates days before they end', () => {
    for (const name of ['app-tls', 'gateway-client']) {
      const { duration, renewBefore } = named('Certificate', name).spec;
      expect([duration, renewBefore]).toEqual(['168h', '48h']);
    }
  });
});
