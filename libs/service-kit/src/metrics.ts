import { Controller, Get, Header, Injectable } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Counter, type CounterConfiguration, Registry } from 'prom-client';
import { Public } from './auth.guard.ts';

/** What a service counts of itself; each service has its own, since several may live in one process. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  /** A number that only grows, such as `slot_cache_requests_total`. */
  counter<Label extends string>(settings: Omit<CounterConfiguration<Label>, 'registers'>): Counter<Label> {
    return new Counter({ ...settings, registers: [this.registry] });
  }

  /** All of it in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}

@Public()
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** For Prometheus to read; the gateway has no route to it. */
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  show(): Promise<string> {
    return this.metrics.text();
  }
}
