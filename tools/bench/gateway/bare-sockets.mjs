// A bare WebSocket server, which answers each connection's first message with a word: what the gateway's memory is compared with.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { answering } from '../answering.mjs';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });
sockets.on('connection', (socket) => socket.once('message', () => socket.send('{"type":"hello"}')));
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
answering({ origin: `http://127.0.0.1:${server.address().port}` }, {});
