// A key endpoint in a process of its own: with a certificate, and with everything that can go wrong with one.
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { selfSigned } from '../../node/test/own/self-signed.mjs';

const keys = process.argv[2] ?? '{"keys":[]}';
const { cert, key } = selfSigned();
const counts = {};

function answer(request, response) {
  counts[request.url] = (counts[request.url] ?? 0) + 1;
  switch (request.url) {
    case '/good':
      response.end(keys);
      break;
    case '/500':
      response.writeHead(500).end('MARK');
      break;
    case '/redirect':
      response.writeHead(302, { location: '/good' }).end();
      break;
    case '/huge':
      response.write(keys);
      response.end(' '.repeat(10_000_000));
      break;
    case '/half':
      response.writeHead(200, { 'content-length': '1000' });
      response.write(keys.slice(0, 20));
      setTimeout(() => response.destroy(), 100);
      break;
    case '/drip': {
      response.write(keys.slice(0, 20));
      const timer = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(timer));
      break;
    }
    case '/counts':
      response.end(JSON.stringify(counts));
      break;
    default:
    // Hangs.
  }
}

const secure = createServer({ cert, key }, answer);
const plain = createPlainServer(answer);
secure.listen(0, '127.0.0.1', () => {
  plain.listen(0, '127.0.0.1', () => {
    process.send?.({ cert, secure: secure.address().port, plain: plain.address().port });
  });
});
process.on('disconnect', () => process.exit());
