import { createServer } from 'node:net';
import { CannotStart } from '../postgres/cannot-start.mjs';

/** The port to listen on, a free one for 0; refuses a taken or forbidden one before anything slow is done. */
export async function usablePort(port, host) {
  try {
    return await tryPort(port, host);
  } catch (error) {
    throw portRefused(error, port, host) ?? error;
  }
}

/** The sentence for a port that cannot be listened on; undefined when the failure is another. */
export function portRefused(error, port, host) {
  const why = {
    EADDRINUSE: `Port ${port} is taken: stop what listens there, or choose another one, PORT=${port < 65_535 ? port + 1 : 3000} npm start.`,
    EACCES: `Port ${port} is not open to this user: choose one above 1023, as in PORT=3000 npm start.`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine: leave HOST out, or name one of its own.`,
    ENOTFOUND: `HOST=${host} is no address of this machine: leave HOST out, or name one of its own.`,
  }[error.code];
  return why && new CannotStart(why, { cause: error });
}

const tryPort = (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
