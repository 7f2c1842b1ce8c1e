import { connect } from 'node:net';

/** Bodies are ASCII here, so that a length in characters is one in bytes. */
const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Kept HTTP connections to one server, as few as are needed and at most so many; who finds none free waits. It reads the status
 * and the length of an answer and nothing more: where two cores carry the server too, a generator must cost little.
 */
export class Connections {
  #idle = [];
  #all = new Set();
  #waiting = [];

  constructor(origin, most) {
    const { hostname, port } = new URL(origin);
    Object.assign(this, { hostname, port, most });
  }

  /** Sends a request and waits for the whole answer; anything but 200 is an error. */
  async get({ path, headers }) {
    const status = await this.send({ method: 'GET', path, headers });
    if (status !== 200) throw new Error(`${path} → ${status}`);
  }

  /** Sends a request, waits for the whole answer, and answers its status. */
  async send({ method, path, headers, body }) {
    const connection = await this.#free();
    const all = { host: this.hostname, ...headers, ...(body && { ...JSON_BODY, 'content-length': body.length }) };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const status = await connection.send(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
    return status;
  }

  /** Breaks all of them off. */
  close() {
    for (const connection of this.#all) connection.close();
  }

  #free() {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size === this.most) return new Promise((resolve) => this.#waiting.push(resolve));
    const connection = new Connection(this.hostname, this.port);
    this.#all.add(connection);
    return connection;
  }
}

class Connection {
  #socket;
  #answered;
  #head = '';
  #status = 0;
  /** Bytes that are still to come; NaN while the head is being read. */
  #left = Number.NaN;

  constructor(hostname, port) {
    this.#socket = connect({ host: hostname, port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#answered?.reject(error));
    this.#socket.on('close', () => this.#answered?.reject(new Error('the server broke off')));
  }

  send(text) {
    this.#answered = Promise.withResolvers();
    this.#socket.write(text);
    return this.#answered.promise;
  }

  close() {
    this.#socket.destroy();
  }

  #read(chunk) {
    if (Number.isNaN(this.#left)) chunk = this.#readHead(chunk);
    this.#left -= chunk.length;
    if (this.#left !== 0) return;
    const { resolve } = this.#answered;
    this.#answered = undefined;
    this.#left = Number.NaN;
    resolve(this.#status);
  }

  /** Answers what of the chunk is not head any more. */
  #readHead(chunk) {
    const before = this.#head.length;
    this.#head += chunk.latin1Slice();
    const end = this.#head.indexOf('\r\n\r\n') + 4;
    if (end < 4) return chunk.subarray(chunk.length);
    this.#status = Number(this.#head.slice(9, 12));
    this.#left = Number(/\ncontent-length: (\d+)/i.exec(this.#head)?.[1]);
    if (Number.isNaN(this.#left)) this.#answered.reject(new Error('an answer without a length'));
    this.#head = '';
    return chunk.subarray(end - before);
  }
}
