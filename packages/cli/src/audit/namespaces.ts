import type { Container } from './container.js';

/** The container whose network another one uses (`network_mode: service:vpn`); itself where it has its own. */
export function ownerOf(container: Container, all: readonly Container[]): Container | undefined {
  const seen = new Set<Container>();
  let owner: Container | undefined = container;
  while (owner?.mode?.kind === 'container' && !seen.has(owner)) {
    seen.add(owner);
    const of: string = owner.mode.of;
    owner = all.find((one) => isCalled(one, of));
  }
  return owner?.mode?.kind === 'container' ? undefined : owner;
}

/** Tells whether a container is called so, by its service’s key, its name or its id. */
export function isCalled({ name, aliases }: Container, wanted: string): boolean {
  return (
    name === wanted ||
    aliases.includes(wanted) ||
    (wanted.length >= 12 &&
      aliases.some((alias) => /^[0-9a-f]{64}$/.test(alias) && alias.startsWith(wanted)))
  );
}

/** Gives containers that use another’s network its addresses and ports. */
export function withNamespaces(containers: readonly Container[]): Container[] {
  return containers.map((container) => {
    const owner = ownerOf(container, containers);
    if (owner === undefined || owner === container) return container;
    return { ...container, attachments: owner.attachments, ports: owner.ports };
  });
}
