import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { compileAdmission, compileAnonymous, isObject, showDecision } from '@trusted-header/core';
import {
  addDecisionGetters,
  type FrontPlan,
  isServer,
  placeGuard,
  propertyOf,
  type ServerHandler,
  shapeOf,
  watchServers,
} from '@trusted-header/node';
import { keepMode } from './anonymous-modes.js';
import { answerNobody } from './answer-nobody.js';
import { gatewayPorts } from './gateway-ports.js';
import { answers } from './on-refusal.js';
import { SETTINGS, type Settings } from './options.js';
import { showTo } from './show-to.js';

/**
 * Decides every request of the application's servers before Nest sees it, and strips its identity headers. Stops refused
 * claims, and WebSocket handshakes without an identity; who may do what else, the guard says.
 */
@Injectable()
export class TrustedHeaderFront implements OnModuleInit, OnModuleDestroy {
  private stopWatching = (): void => undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
  ) {}

  /** The server exists by now, and does not listen yet. */
  onModuleInit(): void {
    const { httpAdapter } = this.host;
    // A microservice has none.
    const server: unknown = httpAdapter?.getHttpServer();
    if (!isServer(server)) return;
    const { settings } = this;
    const { anonymousSockets, onRefusal } = settings;
    const admit = compileAdmission({
      ...settings,
      ...(anonymousSockets && { anonymous: anonymousSockets }),
    });
    const modeFor = compileAnonymous(settings);
    const instance: unknown = httpAdapter.getInstance();
    const handler = handlerOf(instance);
    const hasGetters = addGettersTo(instance);
    const plan: FrontPlan = {
      authenticator: settings.authenticator,
      probe: settings.probe,
      // Guards ask about what reaches the application, and nobody about what else listens: socket.io takes requests too.
      admit,
      admitSockets: admit,
      ...(onRefusal && { onRefusal }),
      onDecided(req, decision, isHandlers) {
        if (onRefusal) answers.set(req, onRefusal);
        // For middleware, which has the request and no guard.
        if (isHandlers && hasGetters) showDecision(req, decision);
        else showTo(req, decision);
        // The application's function reads it as well.
        if (decision.kind === 'anonymous') keepMode(req, modeFor(shapeOf(req), req));
      },
    };
    placeGuard(server, { ...plan, ...(handler && { handler }) });
    this.watchGateways(plan);
    answerNobody(httpAdapter);
  }

  onModuleDestroy(): void {
    this.stopWatching();
  }

  /** A gateway on a port of its own is another server, made by its WebSocket library. */
  private watchGateways(plan: FrontPlan): void {
    const ports = gatewayPorts(this.modules);
    if (ports.size === 0) return;
    this.stopWatching = watchServers((server) => {
      const port = propertyOf(server.address(), 'port');
      if (typeof port === 'number' && ports.has(port)) placeGuard(server, plan);
    });
  }
}

/** What listens to the server's requests: Express's application, or what Fastify calls routing. */
function handlerOf(instance: unknown): ServerHandler | undefined {
  const handler: unknown = isObject(instance) ? Reflect.get(instance, 'routing') : instance;
  return isHandler(handler) ? handler : undefined;
}

/** Express's application has what its requests inherit from. */
function addGettersTo(instance: unknown): boolean {
  const request: unknown = isHandler(instance) ? Reflect.get(instance, 'request') : undefined;
  return isObject(request) && addDecisionGetters(request);
}

function isHandler(value: unknown): value is ServerHandler {
  return typeof value === 'function';
}
