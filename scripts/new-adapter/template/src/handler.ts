import type { ServerResponse } from 'node:http';
import type { OnServerRefusal } from '@trusted-header/node';
import type { DecidedRequest } from './request.js';

/** A middleware: of bare `node:http`, until it is the framework's own type. */
export type Handler = (
  req: DecidedRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Answers a refused request in the application's own way. */
export type OnRefusal = OnServerRefusal;
