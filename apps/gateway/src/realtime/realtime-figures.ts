import { Injectable } from '@nestjs/common';
import { Metrics } from '@scheduling/service-kit';
import { EventStreams } from './event-streams.ts';
import { RealtimeServer } from './realtime-server.ts';

/** Tells how many clients are told of changes as they happen. */
@Injectable()
export class RealtimeFigures {
  constructor(server: RealtimeServer, streams: EventStreams, metrics: Metrics) {
    metrics.gauge(
      {
        name: 'gateway_realtime_connections',
        help: 'Clients that are told of changes as they happen, by WebSocket or server-sent events.',
        labelNames: ['by'],
      },
      () => [
        { labels: { by: 'websocket' }, value: server.size },
        { labels: { by: 'sse' }, value: streams.size },
      ],
    );
  }
}
