import { expect, it } from '@jest/globals';
import { RpcException } from '@nestjs/microservices';
import { WsException } from '@nestjs/websockets';
import { contextError } from '../src/exception-for.js';

class Routes {
  home() {
    return 'reached';
  }
}

it.each([
  ['http', Error],
  ['graphql', Error],
  ['rpc', RpcException],
  ['ws', WsException],
])('makes of a problem what filters of %s know', async (type, kind) => {
  const context = {
    getType: () => type,
    getClass: () => Routes,
    getHandler: () => Routes.prototype.home,
  };
  const error: Error = await Reflect.apply(contextError, undefined, [context, 'has a problem']);
  expect(error.constructor).toBe(kind);
  expect(error.message).toBe('Routes.home has a problem');
});
