import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type AnonymousMode, type Refusal, refusalOf } from '@trusted-header/core';
import {
  factsFromRequest,
  type NodeRequest,
  rejectUpgrade,
  sendProblem,
  stripHeaders,
} from '@trusted-header/node';
import { identityIn, keepDecision } from './decision-of.js';
import { SETTINGS, type Settings } from './options.js';
import { standInFront } from './stand-in-front.js';

/**
 * Decides every request of the application's server before Nest sees it, and strips its identity headers. Stops refused
 * claims, and WebSocket handshakes without an identity; who may do what else, the guard says.
 */
@Injectable()
export class TrustedHeaderFront implements OnModuleInit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  /** The server exists by now, and does not listen yet. */
  onModuleInit(): void {
    // A microservice has none.
    const server = this.host.httpAdapter?.getHttpServer();
    if (!server) return;
    standInFront(server, {
      onRequest: (req, res) => {
        const refusal = this.decide(req, this.modeFor(req), req);
        if (refusal) sendProblem(req, res, refusal);
        return refusal === undefined;
      },
      onUpgrade: (req, socket) => {
        const refusal = this.decide(req, this.settings.anonymousSockets, req, socket);
        if (refusal) rejectUpgrade(socket, refusal);
        return refusal === undefined;
      },
    });
  }

  private decide(
    req: NodeRequest,
    mode: AnonymousMode,
    ...subjects: readonly object[]
  ): Refusal | undefined {
    const { authenticator } = this.settings;
    const decision = authenticator.authenticate(factsFromRequest(req));
    stripHeaders(req, authenticator);
    keepDecision(decision, ...subjects);
    Object.assign(req, { decision, identity: identityIn(decision) });
    return refusalOf(decision, mode);
  }

  /** Guards ask about handlers; nobody would ask about the handshake of socket.io. */
  private modeFor({ url = '' }: NodeRequest): AnonymousMode {
    return isSocketHandshake(url) ? this.settings.anonymousSockets : 'allow';
  }
}

const TRANSPORTS = ['polling', 'websocket', 'webtransport'];

/** Engine.IO takes no request without this parameter, on whatever path it is. */
function isSocketHandshake(url: string): boolean {
  const at = url.indexOf('?');
  if (at < 0) return false;
  const query = new URLSearchParams(url.slice(at + 1));
  return query.getAll('transport').some((transport) => TRANSPORTS.includes(transport));
}
