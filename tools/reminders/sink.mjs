// A mail server that keeps nothing but which Message-ID came when, and may be told to hang.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answering } from '../bench/answering.mjs';
import { ROOT } from '../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { SMTPServer } = require('smtp-server');

const arrived = [];
let isHanging = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    let head = '';
    stream.on('data', (chunk) => {
      if (head.length < 4096) head += chunk.toString('latin1');
    });
    stream.on('end', () => {
      if (isHanging) return;
      arrived.push({ id: /^Message-ID:\s*(<[^>]+>)/im.exec(head)?.[1] ?? '', at: Date.now() });
      done(null, 'kept');
    });
  },
});
// A sender that is killed in mid-sentence must not take the sink along.
server.on('error', () => undefined);
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

answering(
  { port: server.server.address().port },
  {
    count: () => arrived.length,
    /** Whether it says nothing any more to whoever hands it a mail. */
    hang: (is) => {
      isHanging = is;
      return is;
    },
    /** All that came since it was last asked. */
    take: () => arrived.splice(0),
  },
);
