import type { Attachment } from './container.js';
import { upperHalf } from './subnet.js';
import { yamlText } from './yaml-text.js';

/** What to write where nothing is known: a block that Docker's own pools do not use. */
const EXAMPLE = { subnet: '10.213.7.0/24', address: '10.213.7.2' } as const;

/**
 * Writes the piece of a compose file that gives the proxy a static address and tells the application.
 *
 * Names and addresses come out of somebody's file: each is one YAML scalar, whatever stands in it.
 */
export function staticAddressFragment(
  proxy: string,
  app: string,
  shared: readonly Attachment[],
): string {
  const plans = shared.map(({ network, address, subnet }) =>
    address !== undefined && subnet !== undefined
      ? { network, address, subnet }
      : { network, ...EXAMPLE },
  );
  return `services:
  ${yamlText(proxy)}:
    networks:
${plans.map(({ network, address }) => `      ${yamlText(network)}:\n        ${addressKey(address)}: ${yamlText(address)}`).join('\n')}
  ${yamlText(app)}:
    environment:
      TRUSTED_PROXIES: ${yamlText(plans.map(({ address }) => address).join(','))}
networks:
${plans.map(networkLines).join('\n')}
`;
}

function networkLines({
  network,
  address,
  subnet,
}: {
  network: string;
  address: string;
  subnet: string;
}): string {
  const range = upperHalf(subnet, address);
  const rangeLine =
    range === undefined
      ? ''
      : `\n          ip_range: ${range} # for everybody else, so that nobody else gets ${address}`;
  return `  ${yamlText(network)}:
    ipam:
      config:
        - subnet: ${yamlText(subnet)}${rangeLine}`;
}

function addressKey(address: string): string {
  return address.includes(':') ? 'ipv6_address' : 'ipv4_address';
}
