import { codeOf } from './code-of.js';

/**
 * Says what to do about a question that got no answer.
 *
 * Says nothing of what tailscaled sent. That the socket can be reached is enough: reading needs neither root nor `--operator`.
 */
export function troubleOf(error: unknown): string {
  return TROUBLES.get(codeOf(error) ?? '') ?? 'tailscaled did not answer as it should';
}

const OF_A_CONTAINER =
  'in a container, mount the directory of the socket, not the socket by itself, which tailscaled makes anew when it starts';

const TROUBLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: `there is no such socket: tailscaled does not run here, or has another --socket; ${OF_A_CONTAINER}; the applications for macOS have none, and are not supported`,
    ECONNREFUSED: `nobody listens there: tailscaled has stopped, or this is the socket of one that has; ${OF_A_CONTAINER}`,
    EACCES:
      'the application may not open it: let its user enter the directory and write to the socket (tailscaled makes it for everybody, mode 0666); asking needs no --operator',
    ENOTSOCK: 'that is no socket',
  }),
);
