import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Child } from '../child.mjs';
import { startService } from '../start-service.mjs';
import { compare } from '../statistics.mjs';
import { megabytes, whole } from '../table.mjs';
import { startGateway } from './start.mjs';

const BARE = fileURLToPath(new URL('./bare-sockets.mjs', import.meta.url));
const FULL = 5_000;
const QUICK = 500;
/** What one person may have; so many people are needed. */
const OF_ONE_PERSON = 8;
const AT_ONCE = 100;
/** What is only on its way is no memory of an idle connection. */
const SETTLE_MS = 3_000;
const PATH = '/api/v1/scheduling/realtime';

/** How much memory the gateway has for many WebSockets that are signed in and do nothing, beside a bare server with as many. */
export async function sockets(context) {
  const { house, opened, signal, say, isQuick } = context;
  const many = isQuick ? QUICK : FULL;
  const database = await house.database('accounts', 'booking');
  const booking = await startService(context, { app: 'booking', database });
  const gateway = await startGateway(context, { database, booking: booking.ready.origin });
  const bare = await Child.start({ name: 'bare-sockets', script: BARE, folder: house.folder }, opened, signal);
  const tokens = await Promise.all(Array.from({ length: Math.ceil(many / OF_ONE_PERSON) }, () => house.issuer.token()));

  const grown = {};
  for (const child of [gateway, bare]) {
    const before = child.megabytes;
    const open = await openAll(child.ready.origin, { many, tokens, signal });
    opened.add(`the sockets of ${child.name}`, async () => open.forEach((socket) => socket.terminate()));
    await pause(SETTLE_MS, undefined, { signal });
    grown[child.name] = child.megabytes - before;
    const each = (grown[child.name] * 1024) / many;
    say(
      `${child.name}: ${whole(before)} MB, and ${whole(grown[child.name])} MB more for ${whole(many)} sockets: ${each.toFixed(1)} kB each`,
    );
  }
  return [
    compare({
      what: `memory that ${whole(many)} idle WebSockets take, over that of a bare server`,
      ours: [grown[gateway.name]],
      twin: [grown[bare.name]],
      show: megabytes,
      aim: { atMost: 3 },
    }),
  ];
}

/** Opens them some at a time, each signed in. */
async function openAll(origin, { many, tokens, signal }) {
  const open = [];
  while (open.length < many) {
    signal.throwIfAborted();
    const next = Math.min(AT_ONCE, many - open.length);
    const some = Array.from({ length: next }, (_, n) =>
      openOne(origin, tokens[Math.floor((open.length + n) / OF_ONE_PERSON)]),
    );
    open.push(...(await Promise.all(some)));
  }
  return open;
}

function openOne(origin, token) {
  const socket = new WebSocket(origin.replace('http', 'ws') + PATH, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', token })));
    socket.once('error', reject);
    socket.once('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
    socket.once('message', (said) => {
      if (JSON.parse(said).type === 'hello') resolve(socket);
      else reject(new Error(`the answer was ${said}`));
    });
  });
}
