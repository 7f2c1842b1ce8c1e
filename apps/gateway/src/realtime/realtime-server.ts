import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { bearerOf, problemOf } from '@scheduling/service-kit';
import { WebSocketServer } from 'ws';
import { AdmissionService } from '../forwarding/admission.service.ts';
import { Connection, type Host } from './connection.ts';
import { FeedsService } from './feeds.service.ts';
import { LONGEST_MESSAGE } from './messages.policy.ts';
import { TooManyConnections } from './realtime.errors.ts';
import { Door, type SignedIn } from './signed-in.ts';

const REALTIME_PATH = '/api/v1/scheduling/realtime';
const HEARTBEAT_MS = 30_000;
const MOST_OF_ONE_PERSON = 8;
/** How long clients may take to end a connection that we end. */
const FAREWELL_MS = 1000;

/** Takes WebSockets at the door of the gateway. */
@Injectable()
export class RealtimeServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE,
  });
  private readonly connections = new Set<Connection>();
  private readonly perPerson = new Map<string, number>();
  private readonly host: Host;
  private heartbeat?: NodeJS.Timeout;

  constructor(
    private readonly http: HttpAdapterHost,
    door: Door,
    feeds: FeedsService,
    private readonly admission: AdmissionService,
  ) {
    this.host = { door, feeds, admit: (who) => this.admit(who) };
  }

  /** How many connections there are. */
  get size(): number {
    return this.connections.size;
  }

  onApplicationBootstrap(): void {
    const server: Server & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean } =
      this.http.httpAdapter.getHttpServer();
    // Whoever would like another protocol, as HTTP/2 in the clear, gets their answer by this one (RFC 9110, section 7.8).
    server.shouldUpgradeCallback = ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket';
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node has taken its own listener away: without one, a client that breaks off would end this process.
      socket.on('error', () => socket.destroy());
      if ((request.url ?? '').split('?')[0] !== REALTIME_PATH) return turnAway(socket, '404 Not Found');
      // An address is counted before it has a socket: one that says nothing stays for seconds.
      this.admission.count(request).then(
        () => this.take(request, socket, head),
        (error: unknown) => turnAway(socket, problemOf(error).status === 429 ? TOO_MANY : '503 Service Unavailable'),
      );
    });
    this.host.door.onGone((personId) => {
      for (const connection of this.connections) if (connection.personId === personId) connection.bye('account_erased');
    });
    this.heartbeat = setInterval(() => {
      for (const connection of this.connections) connection.beat();
    }, HEARTBEAT_MS);
  }

  private take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head, (accepted) => {
      const connection = new Connection(accepted, this.host);
      this.connections.add(connection);
      accepted.on('close', () => this.forget(connection));
      const token = bearerOf(request.headers);
      if (token !== null) accepted.emit('message', Buffer.from(JSON.stringify({ type: 'hello', token })), false);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.heartbeat);
    for (const connection of this.connections) connection.restart();
    const until = Date.now() + FAREWELL_MS;
    while (this.connections.size > 0 && Date.now() < until) await new Promise((next) => setTimeout(next, 10));
    for (const connection of this.connections) connection.cut();
  }

  private admit({ personId }: SignedIn): void {
    const open = this.perPerson.get(personId) ?? 0;
    if (open >= MOST_OF_ONE_PERSON) throw new TooManyConnections(MOST_OF_ONE_PERSON);
    this.perPerson.set(personId, open + 1);
  }

  private forget(connection: Connection): void {
    this.connections.delete(connection);
    if (connection.personId === null) return;
    const left = (this.perPerson.get(connection.personId) ?? 1) - 1;
    if (left > 0) this.perPerson.set(connection.personId, left);
    else this.perPerson.delete(connection.personId);
  }
}

const TOO_MANY = '429 Too Many Requests\r\nRetry-After: 60';

const turnAway = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
