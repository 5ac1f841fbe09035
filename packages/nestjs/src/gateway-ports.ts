import type { ModulesContainer } from '@nestjs/core';

// As `@WebSocketGateway(port)` writes them; the package itself may not be there.
const GATEWAY = 'websockets:is_gateway';
const PORT = 'port';

/** Finds the ports of gateways that have one of their own. Port 0 is the application's. */
export function gatewayPorts(modules: ModulesContainer): ReadonlySet<number> {
  const providers = [...modules.values()].flatMap((module) => [...module.providers.values()]);
  return new Set(
    providers.flatMap(({ metatype }): number[] => {
      if (typeof metatype !== 'function' || !Reflect.getMetadata(GATEWAY, metatype)) return [];
      const port: unknown = Reflect.getMetadata(PORT, metatype);
      return typeof port === 'number' && port > 0 ? [port] : [];
    }),
  );
}
