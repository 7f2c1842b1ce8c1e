import { context, propagation } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { traceBy } from '@scheduling/persistence';

/** Lets what a service does be told to a collector, as OpenTelemetry's standard `OTEL_*` variables say; gives the way to end it. */
export function openTracing(service: string): () => Promise<void> {
  propagateOnce();
  const provider = new NodeTracerProvider({
    // What the environment says of the service, OTEL_SERVICE_NAME too, goes before what we call it.
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'scheduling' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  traceBy(service, provider.getTracer('scheduling'));
  return async () => {
    traceBy(service, null);
    // What the collector does not take is lost: a service ends all the same.
    await provider.shutdown().catch(() => undefined);
  };
}

let isPropagated = false;

/** Several services may live in one process: they share how a trace goes from one step to the next, and nothing else. */
function propagateOnce(): void {
  if (isPropagated) return;
  isPropagated = true;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
}
