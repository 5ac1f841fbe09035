import { type IncomingMessage, ServerResponse } from 'node:http';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  WebSocketGateway,
} from '@nestjs/websockets';
import { type AppData, createLive, isSignedIn, type Live } from '@trusted-header/app-data';
import { decisionOf } from '@trusted-header/nestjs';
import type { RequestHandler } from 'express';
import type { WebSocket } from 'ws';
import { DATA, SESSION } from './tokens.js';

/** The WebSocket of who is there. The handshake has been decided, and goes by the session middleware here. */
@WebSocketGateway({ path: '/live/socket' })
export class LiveGateway implements OnGatewayConnection, OnGatewayDisconnect, OnModuleDestroy {
  private readonly live: Live;
  private readonly leaving = new WeakMap<WebSocket, () => void>();

  constructor(
    @Inject(DATA) private readonly data: AppData,
    @Inject(SESSION) private readonly session: RequestHandler,
  ) {
    this.live = createLive(data);
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    const decision = decisionOf(request);
    // The handshake lets nobody else come here.
    if (decision?.kind !== 'authenticated') return;
    const id = this.sessionIdOf(request);
    const leave = this.live.join(client, {
      name: decision.identity.user,
      isSignedIn: async () => isSignedIn(this.data.sessions, await id, decision),
    });
    this.leaving.set(client, leave);
  }

  handleDisconnect(client: WebSocket): void {
    this.leaving.get(client)?.();
  }

  onModuleDestroy(): void {
    this.live.close();
  }

  private sessionIdOf(request: IncomingMessage): Promise<string | undefined> {
    return new Promise((resolve) => {
      const done = (): void => resolve(Reflect.get(request, 'sessionID'));
      Reflect.apply(this.session, undefined, [request, new ServerResponse(request), done]);
    });
  }
}
