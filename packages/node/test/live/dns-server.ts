import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Answer, decode, encode } from 'dns-packet';

/** What a name stands for, or a name in one family (`AAAA traefik`): records, an error of DNS, or `silence`. */
export type Zone = Record<string, readonly Answer[] | 'NXDOMAIN' | 'SERVFAIL' | 'silence'>;

/** A DNS server of the test's own, over UDP. */
export interface DnsServer {
  readonly address: string;
  /** May be changed at any time. */
  readonly zone: Zone;
  /** How many questions have come. */
  questions(): number;
  close(): void;
}

const RCODES = { NXDOMAIN: 3, SERVFAIL: 2 } as const;
const AUTHORITATIVE = 0x400;

export async function startDnsServer(zone: Zone = {}): Promise<DnsServer> {
  const socket = createSocket('udp4');
  let questions = 0;
  socket.on('message', (message, { address, port }) => {
    const { id = 0, questions: asked = [] } = decode(message);
    const [question] = asked;
    const { type, name = '' } = question ?? {};
    const found = zone[`${type} ${name}`] ?? zone[name] ?? 'NXDOMAIN';
    questions += 1;
    if (found === 'silence') return;
    const isError = typeof found === 'string';
    const answer = encode({
      type: 'response',
      id,
      flags: AUTHORITATIVE | (isError ? RCODES[found] : 0),
      questions: asked,
      answers: isError ? [] : found.filter(({ type }) => type === question?.type),
    });
    socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    zone,
    questions: () => questions,
    close: () => socket.close(),
  };
}

/** An address record; which one, the address says. */
export function record(name: string, data: string, ttl = 60): Answer {
  return { name, type: data.includes(':') ? 'AAAA' : 'A', ttl, data };
}
