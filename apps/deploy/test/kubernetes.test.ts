import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ClientTrafficPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy';
import { SecurityPolicy } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/SecurityPolicy';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { GatewayClass } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { parse, parseAllDocuments } from 'yaml';

/** What checks an object of a kind. */
const MODELS = {
  ClientTrafficPolicy,
  Deployment,
  Gateway,
  GatewayClass,
  HTTPRoute,
  Namespace,
  NetworkPolicy,
  SecurityPolicy,
  Service,
};

const read = (file: string): string =>
  readFileSync(new URL(`../kubernetes/${file}`, import.meta.url), 'utf8');
const { resources, namespace } = parse(read('kustomization.yaml'));
/** Checked by their schemas below, and read as they are. */
// biome-ignore lint/suspicious/noExplicitAny: what a YAML file holds
const objects: readonly any[] = resources.flatMap((file: string) =>
  parseAllDocuments(read(file)).map((document) => document.toJS()),
);
const only = (kind: string) => {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects are a ${kind}`);
  return found[0];
};

describe('the manifests', () => {
  it.each(objects)('have a $kind “$metadata.name” that its schema accepts', (object) => {
    const Model = Object.entries(MODELS).find(([name]) => name === object.kind)?.[1];
    if (!Model) throw new Error(`there is no schema for ${object.kind}`);
    expect(() => new Model(object).validate()).not.toThrow();
  });

  it('would be refused by their schemas if they were wrong', () => {
    const { spec, ...rest } = only('NetworkPolicy');
    const wrong = { ...rest, spec: { ...spec, ingress: 'all' } };
    expect(() => new NetworkPolicy(wrong).validate()).toThrow();
  });

  it('let nobody but the gateway’s pods reach the app', () => {
    const { spec } = only('NetworkPolicy');
    const app = only('Deployment').spec;
    expect(spec.podSelector.matchLabels).toEqual(app.template.metadata.labels);
    expect(spec.policyTypes).toContain('Ingress');
    expect(spec.ingress).toHaveLength(1);
    const [{ from, ports }] = spec.ingress;
    // Both selectors in one entry: two entries would let in the whole namespace, or such pods anywhere.
    expect(from).toHaveLength(1);
    expect(Object.keys(from[0]).sort()).toEqual(['namespaceSelector', 'podSelector']);
    expect(from[0].podSelector.matchLabels).toMatchObject({
      'gateway.envoyproxy.io/owning-gateway-name': only('Gateway').metadata.name,
      'gateway.envoyproxy.io/owning-gateway-namespace': namespace,
    });
    const [{ containerPort, name }] = app.template.spec.containers[0].ports;
    expect([ports, containerPort]).toEqual([[{ protocol: 'TCP', port: name }], 3000]);
  });

  it('let the app ask its database and the name server, and nobody else', () => {
    const { egress } = only('NetworkPolicy').spec;
    const asked = egress.flatMap((rule: { to: { podSelector: { matchLabels: object } }[] }) =>
      rule.to.map(({ podSelector }) => podSelector.matchLabels),
    );
    expect(asked).toEqual([{ 'app.kubernetes.io/name': 'postgresql' }, { 'k8s-app': 'kube-dns' }]);
  });

  it('give several instances one database, whose address is a secret', () => {
    const { replicas, template } = only('Deployment').spec;
    const { env } = template.spec.containers[0];
    const database = env.find(({ name }: { name: string }) => name === 'DATABASE_URL');
    expect(replicas).toBe(2);
    expect(database.valueFrom).toEqual({ secretKeyRef: { name: 'app', key: 'database-url' } });
  });

  it('let the app keep no rights that it does not need', () => {
    const { spec } = only('Deployment').spec.template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext.runAsNonRoot).toBe(true);
    expect(spec.containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('pin the image', () => {
    expect(only('Deployment').spec.template.spec.containers[0].image).toMatch(/:\d+\.\d+\.\d+$/);
  });
});
