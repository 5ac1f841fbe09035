import { fastifySession, type SessionLibrary } from '@trusted-header/login';
import type { FastifyRequest } from 'fastify';

/**
 * How `signIn` uses @fastify/secure-session, at its default `request.session`. A session begins and ends with `regenerate`, which
 * clears the data.
 *
 * The cookie is the session: **an old cookie holds what it held until it expires**. What makes it useless is the comparison with
 * each request, and `onMissing: 'keep'` gives that up.
 */
export const fastifySecureSession: SessionLibrary<FastifyRequest> = fastifySession;
