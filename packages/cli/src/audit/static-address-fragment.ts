import { isRecord, textOf } from '../json.js';
import { type Fields, fieldsOf } from './fields.js';
import type { NetworkPlan, PlannedAddress } from './plan-networks.js';
import { rangeForOthers } from './subnet.js';
import { commented, yamlBlock } from './yaml-block.js';

/** What the piece of a compose file gives whom. */
export interface FragmentParts {
  /** The service whose network the proxy uses; absent where no service has the proxy’s address. */
  readonly proxy?: string | undefined;
  readonly plans: readonly NetworkPlan[];
  /** The application’s service, and what its environment gets. */
  readonly app?: { readonly name: string; readonly environment: Fields } | undefined;
  readonly appLabels?: Fields | undefined;
}

/**
 * Writes the piece of a compose file that gives the proxy a static address and tells the application.
 *
 * It can be merged with the file: networks that others make get no `ipam`, and what a network has already is repeated,
 * since some loaders replace it as a whole.
 */
export function staticAddressFragment({ proxy, plans, app, appLabels }: FragmentParts): string {
  const services = [
    ...(proxy === undefined ? [] : [[proxy, { networks: fromPlans(plans, addressesOf) }]]),
    ...(app === undefined
      ? []
      : [[app.name, { environment: app.environment, ...(appLabels && { labels: appLabels }) }]]),
  ];
  const own = plans.filter(({ network }) => network.kind === 'own');
  return yamlBlock({
    services: Object.fromEntries(services),
    ...(own.length > 0 && { networks: fromPlans(own, networkOf) }),
  });
}

function fromPlans(plans: readonly NetworkPlan[], fields: (plan: NetworkPlan) => Fields): Fields {
  return Object.fromEntries(plans.map((plan) => [plan.network.name, fields(plan)]));
}

function addressesOf({ addresses }: NetworkPlan): Fields {
  return Object.fromEntries(addresses.map(({ family, text }) => [`ipv${family}_address`, text]));
}

function networkOf({ network, via, addresses }: NetworkPlan): Fields {
  const definition = network.definition ?? {};
  const ipam = fieldsOf(definition['ipam']);
  const configs = (Array.isArray(ipam['config']) ? ipam['config'] : []).filter(isRecord);
  const others = configs.filter(
    ({ subnet }) => !addresses.some((address) => address.subnet === subnet),
  );
  return {
    ...definition,
    ...(addresses.some(({ family }) => family === 6) && { enable_ipv6: true }),
    ipam: {
      ...ipam,
      config: [
        ...addresses.map((address) => ({
          ...configs.find(({ subnet }) => subnet === address.subnet),
          ...configOf(address, via, configs),
        })),
        ...others,
      ],
    },
  };
}

function configOf(
  { subnet, text }: PlannedAddress,
  via: NetworkPlan['via'],
  configs: readonly Fields[],
): Fields {
  if (via === 'gateway') return { subnet, gateway: text };
  const isRanged = configs.some((one) => one['subnet'] === subnet && textOf(one['ip_range']));
  const range = isRanged ? undefined : rangeForOthers(subnet, text);
  return {
    subnet,
    ...(range !== undefined && {
      ip_range: commented(range, `for everybody else, so that nobody else gets ${text}`),
    }),
  };
}
